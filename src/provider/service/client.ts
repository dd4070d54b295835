import type { ChromaSyncClient } from "../../api/index.js";

/** The operations that the provider uses. */
export type Client = Pick<
  ChromaSyncClient,
  | "getSource"
  | "listSources"
  | "sources"
  | "createSource"
  | "deleteSource"
  | "createInvocation"
  | "listInvocations"
  | "invocations"
  | "getInvocation"
  | "latestInvocationsByKeys"
  | "cancelInvocation"
  | "clockOffsetMs"
>;
