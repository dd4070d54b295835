import { ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import type { InvocationState } from "./inputs.js";
import { withJob } from "./state.js";

/**
 * Reads the invocation as the service sees it. One that the service no longer knows stays in state as it
 * was last seen: to forget it would make the next `up` sync again.
 */
export async function read(
  context: Context,
  invocationId: string,
  state: InvocationState,
): Promise<InvocationState> {
  context.settle(invocationId, state);
  const known: InvocationState = { ...state, invocationId };
  try {
    const job = await context.client().getInvocation(invocationId);
    const withSource = known.sourceId || !job.source_id ? known : { ...known, sourceId: job.source_id };
    return withJob(withSource, job);
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 404)) throw error;
    context.warn(
      `The service does not know invocation ${invocationId}: it keeps its last known status. ` +
        "Either its history was dropped, or the API key is of another team.",
    );
    return known;
  }
}
