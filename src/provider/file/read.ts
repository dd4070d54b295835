import type { Context } from "../context.js";
import { readSync } from "../invocation/read.js";
import { inputsOfJob } from "./imported.js";
import type { FileState } from "./state.js";

/** Reads the invocation of the upload as the service sees it. */
export function read(
  context: Context,
  invocationId: string,
  state: Partial<FileState>,
): Promise<FileState | undefined> {
  return readSync(context, invocationId, state, {
    isKnown: (one): one is FileState => typeof one.databaseName === "string",
    imported: async (job) => ({ ...(await inputsOfJob(context, job)), invocationId, status: "pending" }),
  });
}
