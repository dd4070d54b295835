/** Typed client of the Chroma Sync service, usable with no Pulumi installed. @module */
export {
  ChromaSyncError,
  type ClientOptions,
  DEFAULT_ENDPOINT,
  FAILURES,
  type FailureKind,
  type FileContent,
  type InvocationStatus,
  type JobProgress,
  type Outcome,
  ResponseError,
  TransportError,
  UnexpectedReplyError,
} from "../api/index.js";
export { type AddFileOptions, ChromaSyncClient } from "./client.js";
export type {
  GithubInvocation,
  InvocationFilter,
  Job,
  JobMetadata,
  NewInvocation,
  Ref,
  S3Invocation,
  WebInvocation,
} from "./invocations.js";
export type {
  Chunking,
  DenseEmbedding,
  Embedding,
  GithubSource,
  NewSource,
  Page,
  S3Location,
  S3Source,
  Source,
  SourceFilter,
  SourceSettings,
  SparseEmbedding,
  WebSource,
} from "./sources.js";
export { InvocationError, type WaitOptions } from "./wait.js";
