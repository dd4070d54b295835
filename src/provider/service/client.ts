import type { ChromaSyncClient } from "../../api/index.js";

/** The operations that the resources and the functions use. */
export type Client = Pick<
  ChromaSyncClient,
  | "getSource"
  | "listSources"
  | "sources"
  | "createSource"
  | "deleteSource"
  | "createInvocation"
  | "addFile"
  | "listInvocations"
  | "invocations"
  | "getInvocation"
  | "latestInvocationsByKeys"
  | "cancelInvocation"
  | "latestInvocationsByKeys"
  | "clockOffsetMs"
>;
