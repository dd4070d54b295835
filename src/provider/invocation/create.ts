import type { Context } from "../context.js";
import { createOnce } from "../exactly-once/create-once.js";
import { adopt } from "./adopt.js";
import type { InvocationInputs } from "./inputs.js";
import { payloadOf } from "./payload.js";
import { requestFor } from "./request.js";
import { adoptedAs, type InvocationState, withJob } from "./state.js";
import { finish } from "./wait.js";

/** Starts the sync. Once the service has given an id, every way out carries it. */
export async function create(
  context: Context,
  urn: string,
  inputs: InvocationInputs,
): Promise<InvocationState> {
  const { adoptInvocationId: adopts } = inputs;
  if (adopts) {
    const sourceId = inputs.sourceId.toLowerCase();
    const asked = { sourceId, payload: payloadOf(inputs), collection: inputs.targetCollectionName };
    const job = await adopt(context, urn, asked, adopts);
    return finish(context, urn, withJob({ ...inputs, ...adoptedAs(job) }, job));
  }
  const request = await requestFor(context, urn, inputs);
  const { id, adopted } = await createOnce(context, urn, request, inputs);
  const { collection: collectionName } = request;
  const state: InvocationState = {
    ...inputs,
    invocationId: id,
    status: "pending",
    ...(collectionName ? { collectionName } : {}),
    ...(adopted ? { adopted } : {}),
  };
  return finish(context, urn, state);
}
