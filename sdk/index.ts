/** Chroma Cloud Sync for Pulumi programs. @module */
export {
  type BatchCounts,
  type BatchEntry,
  type BatchObject,
  type BatchRecord,
  ChromaSyncInvocationBatch,
  type ChromaSyncInvocationBatchArgs,
  decodeBatchEntries,
  decodeBatchRecords,
} from "./batch.js";
export {
  ChromaSyncInvocation,
  type ChromaSyncInvocationArgs,
  type InvocationStatus,
  type MetadataValue,
  type RefIdentifier,
  type WaitOptions,
} from "./invocation.js";
export {
  type FolderOptions,
  type ObjectResource,
  objectsFromFolder,
  objectsFromResources,
} from "./objects.js";
export { ChromaSyncProvider, type ChromaSyncProviderArgs } from "./provider.js";
export { collectionNameFor } from "./refs/collection-name-for.js";
export { type GitCommitOptions, gitCommit } from "./refs/git-commit.js";
export { resolveBranch } from "./refs/resolve-branch.js";
