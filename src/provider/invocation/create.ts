import type { Context } from "../context.js";
import { createOnce } from "../exactly-once/create-once.js";
import { sourceCollection } from "../service/source-collection.js";
import { adopt } from "./adopt.js";
import type { InvocationInputs } from "./inputs.js";
import type { InvocationState } from "./state.js";
import { finish } from "./wait.js";

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
