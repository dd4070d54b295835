/** Chroma Cloud Sync for Pulumi programs. @module */

export type {
  BatchCounts,
  BatchEntry,
  BatchObject,
  BatchRecord,
  ChromaSyncInvocationBatchArgs,
} from "./batch.js";
export {
  ChromaSyncInvocationBatch,
  decodeBatchEntries,
  decodeBatchRecords,
} from "./batch.js";
export type { ChromaSyncedBucketArgs } from "./components/bucket.js";
export { ChromaSyncedBucket } from "./components/bucket.js";
export type { ChromaSyncedRepositoryArgs } from "./components/repository.js";
export { ChromaSyncedRepository } from "./components/repository.js";
export type { DeleteSuperseded } from "./components/synced-collection.js";
export type { ContentOptions } from "./content.js";
export { contentOf } from "./content.js";
export type { ChromaSyncFileArgs, LocalFile } from "./file.js";
export { ChromaSyncFile } from "./file.js";
export type { ChromaSyncFilesArgs } from "./files.js";
export { ChromaSyncFiles } from "./files.js";
export type { Inputs } from "./inputs.js";
export { ChromaSyncInvocation } from "./invocation.js";
export type {
  ChromaSyncInvocationArgs,
  InvocationStatus,
  MetadataValue,
  RefIdentifier,
  WaitOptions,
} from "./invocation-args.js";
export type {
  GetInvocationArgs,
  GetSourceArgs,
  InvocationDetails,
  LatestInvocationsArgs,
  ListInvocationsArgs,
  ListSourcesArgs,
  LookupOptions,
  SourceDetails,
} from "./lookups/index.js";
export {
  getInvocation,
  getInvocationOutput,
  getSource,
  getSourceOutput,
  latestInvocations,
  latestInvocationsOutput,
  listInvocations,
  listInvocationsOutput,
  listSources,
  listSourcesOutput,
} from "./lookups/index.js";

export type {
  FolderOptions,
  ObjectResource,
} from "./objects.js";
export {
  objectsFromFolder,
  objectsFromResources,
} from "./objects.js";
export type { ChromaSyncProviderArgs } from "./provider.js";
export { ChromaSyncProvider } from "./provider.js";
export { collectionNameFor } from "./refs/collection-name-for.js";
export type { GitCommitOptions } from "./refs/git-commit.js";
export { gitCommit } from "./refs/git-commit.js";
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
