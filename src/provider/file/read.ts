import { ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { warnOfFailure } from "../invocation/failure.js";
import { withJob } from "../invocation/state.js";
import { inputsOfJob } from "./imported.js";
import type { FileState } from "./state.js";

/** Reads the upload's invocation as the service sees it; one that it no longer knows stays as it was last seen. */
export async function read(
  context: Context,
  invocationId: string,
  state: Partial<FileState>,
): Promise<FileState | undefined> {
  context.seenInState(invocationId, state);
  try {
    const job = await context.client().getInvocation(invocationId);
    const known = isKnown(state) ? state : { ...(await inputsOfJob(context, job)), status: "pending" };
    const seen = withJob({ ...known, invocationId }, job);
    if (isKnown(state)) warnOfFailure(context, seen, seen);
    return seen;
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 404)) throw error;
    if (!isKnown(state)) return undefined;
    context.warn(
      `The service does not know invocation ${invocationId}: it keeps its last known status. ` +
        "Either its history was dropped, or the API key is of another team.",
    );
    return { ...state, invocationId };
  }
}

function isKnown(state: Partial<FileState>): state is FileState {
  return typeof state.databaseName === "string";
}
