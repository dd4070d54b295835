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
export { ChromaSyncedBucket, type ChromaSyncedBucketArgs } from "./components/bucket.js";
export { ChromaSyncedRepository, type ChromaSyncedRepositoryArgs } from "./components/repository.js";
export type { DeleteSuperseded } from "./components/synced-collection.js";
export type { Inputs } from "./inputs.js";
export {
  ChromaSyncInvocation,
  type ChromaSyncInvocationArgs,
  type InvocationStatus,
  type MetadataValue,
  type RefIdentifier,
  type WaitOptions,
} from "./invocation.js";
export {
  type GetSourceArgs,
  getInvocation,
  getInvocationOutput,
  getSource,
  getSourceOutput,
  type InvocationDetails,
  type LatestInvocationsArgs,
  type ListInvocationsArgs,
  type ListSourcesArgs,
  type LookupOptions,
  latestInvocations,
  latestInvocationsOutput,
  listInvocations,
  listInvocationsOutput,
  listSources,
  listSourcesOutput,
  type SourceDetails,
} from "./lookups.js";

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
export { ChromaSyncSource } from "./source.js";
export type {
  ChromaSyncSourceArgs,
  Chunking,
  Embedding,
  GitHubSource,
  GitHubSourceArgs,
  InlineKeys,
  S3Location,
  S3Source,
  S3SourceArgs,
  SavedCredential,
  SourceSettings,
  WebSource,
  WebSourceArgs,
} from "./source-args.js";
