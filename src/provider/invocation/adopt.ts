import { ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { likeness, shownBy } from "../exactly-once/request.js";
import type { InvocationInputs } from "./inputs.js";
import { payloadOf } from "./payload.js";
import { type InvocationState, withJob } from "./state.js";

/** Adopts an invocation that exists instead of starting one. It has to be what the inputs describe. */
export async function adopt(
  context: Context,
  urn: string,
  inputs: InvocationInputs,
  invocationId: string,
): Promise<InvocationState> {
  const id = invocationId.toLowerCase();
  const job = await context
    .client()
    .getInvocation(id)
    .catch((error) => {
      if (!(error instanceof ResponseError && error.status === 404)) throw error;
      const message = `adoptInvocationId names no invocation that the API key can see. ${error.message}`;
      throw new Error(message, { cause: error });
    });
  const sourceId = inputs.sourceId.toLowerCase();
  if (job.source_id && job.source_id.toLowerCase() !== sourceId)
    throw new Error(
      `Invocation ${id} is of source ${job.source_id}, not of ${sourceId}: correct sourceId or adoptInvocationId.`,
    );
  const request = { sourceId, payload: payloadOf(inputs), collection: inputs.targetCollectionName };
  if (likeness(shownBy(job, sourceId), request) !== "same")
    throw new Error(
      `Invocation ${id} does not match these inputs (its collection, ref or object key, custom id or metadata differ): ` +
        "make them equal to adopt it, or remove adoptInvocationId to start a new sync.",
    );
  context.warnOfOwner(urn, id);
  return withJob({ ...inputs, invocationId: id, status: "pending", adopted: true }, job);
}
