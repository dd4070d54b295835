/** Typed client of the Chroma Sync service, usable with no Pulumi installed. @module */
export { ChromaSyncClient, type ClientOptions } from "./client.js";
export {
  ChromaSyncError,
  type Outcome,
  ResponseError,
  TransportError,
  UnexpectedReplyError,
} from "./errors.js";
export { DEFAULT_ENDPOINT } from "./transport.js";
export {
  type CreateInvocationPayload,
  type InvocationStatus,
  type Job,
  type JobProgress,
  jobProgress,
  type ListInvocationsQuery,
  type Source,
} from "./wire.js";
