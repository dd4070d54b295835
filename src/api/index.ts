/** Client of the Chroma Sync service with the names of the API document, for the rest of this package. @module */

export { DEFAULT_ENDPOINT } from "./call.js";
export { ChromaSyncClient, type ClientOptions } from "./client.js";
export {
  ChromaSyncError,
  isAnotherServer,
  ResponseError,
  TransportError,
  UnexpectedReplyError,
} from "./errors.js";
export { FAILURES, type FailureKind, type Outcome } from "./outcome.js";
export type {
  Chunking,
  CreateSourcePayload,
  DenseEmbedding,
  GithubSource,
  ListSourcesQuery,
  S3Source,
  SparseEmbedding,
  WebSource,
} from "./sources.js";
export type { AddFileOptions, FileContent } from "./upload.js";
export {
  type CreateInvocationPayload,
  type InvocationStatus,
  type Job,
  type JobProgress,
  jobProgress,
  type ListInvocationsQuery,
  type Source,
} from "./wire.js";
