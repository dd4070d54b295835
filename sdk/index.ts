/** Chroma Cloud Sync for Pulumi programs. @module */
export {
  ChromaSyncInvocation,
  type ChromaSyncInvocationArgs,
  type InvocationStatus,
  type MetadataValue,
  type RefIdentifier,
  type WaitOptions,
} from "./invocation.js";
export { ChromaSyncProvider, type ChromaSyncProviderArgs } from "./provider.js";
