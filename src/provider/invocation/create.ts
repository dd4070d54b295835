import type { Context } from "../context.js";
import { createOnce } from "../exactly-once/create-once.js";
import { InitFailure } from "../init-failure.js";
import { sourceCollection } from "../service/source-collection.js";
import { adopt } from "./adopt.js";
import { waits } from "./diff.js";
import type { InvocationInputs, InvocationState } from "./inputs.js";
import { waitForEnd } from "./wait.js";

/** Starts the sync. Once the service has given an id, every way out carries it. */
export async function create(
  context: Context,
  urn: string,
  inputs: InvocationInputs,
): Promise<InvocationState> {
  if (inputs.adoptInvocationId)
    return finish(context, urn, await adopt(context, inputs, inputs.adoptInvocationId));
  const { id, adopted } = await createOnce(context, urn, inputs);
  const collectionName = inputs.targetCollectionName ?? (await sourceCollection(context, inputs.sourceId));
  const state: InvocationState = {
    ...inputs,
    invocationId: id,
    status: "pending",
    ...(collectionName ? { collectionName } : {}),
    ...(adopted ? { adopted } : {}),
  };
  return finish(context, urn, state);
}

/** Waits where the inputs ask for it; a wait that ends badly keeps the id in state. */
export async function finish(
  context: Context,
  urn: string,
  state: InvocationState,
): Promise<InvocationState> {
  context.claimed.add(state.invocationId);
  if (!waits(state as unknown as Record<string, unknown>)) return state;
  const end = await waitForEnd(context, urn, state).catch((error: Error) => ({
    state,
    problem: error.message,
    late: false,
  }));
  const lenient = typeof state.waitForCompletion === "object" && state.waitForCompletion.onTimeout === "warn";
  if (end.problem && !(end.late && lenient))
    throw new InitFailure(state.invocationId, end.state, [end.problem]);
  if (end.problem) context.warn(end.problem);
  return end.state;
}
