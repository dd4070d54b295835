export type { GetInvocationArgs, InvocationDetails, ListInvocationsArgs } from "./invocations.js";
export {
  getInvocation,
  getInvocationOutput,
  listInvocations,
  listInvocationsOutput,
} from "./invocations.js";
export type { LatestInvocationsArgs } from "./latest-invocations.js";
export { latestInvocations, latestInvocationsOutput } from "./latest-invocations.js";
export type { LookupOptions } from "./options.js";
export type { GetSourceArgs, ListSourcesArgs, SourceDetails } from "./sources.js";
export { getSource, getSourceOutput, listSources, listSourcesOutput } from "./sources.js";
