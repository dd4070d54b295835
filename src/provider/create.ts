import type { Context } from "./context.js";
import { createOnce } from "./create-once.js";
import { waits } from "./diff.js";
import { InitFailure } from "./init-failure.js";
import type { InvocationInputs, InvocationState } from "./inputs.js";
import { waitForEnd } from "./wait.js";

/** Starts the sync. Once the service has given an id, every way out carries it. */
export async function create(context: Context, inputs: InvocationInputs): Promise<InvocationState> {
  const invocationId = await createOnce(context, inputs);
  const collectionName = inputs.targetCollectionName ?? (await collectionOfSource(context, inputs.sourceId));
  const state: InvocationState = {
    ...inputs,
    invocationId,
    status: "pending",
    ...(collectionName ? { collectionName } : {}),
  };
  return finish(context, state);
}

/** Waits where the inputs ask for it; a wait that ends badly keeps the id in state. */
export async function finish(context: Context, state: InvocationState): Promise<InvocationState> {
  if (!waits(state as unknown as Record<string, unknown>)) return state;
  let end: Awaited<ReturnType<typeof waitForEnd>>;
  try {
    end = await waitForEnd(context, state);
  } catch (error) {
    throw new InitFailure(state, (error as Error).message);
  }
  if (end.problem) throw new InitFailure(end.state, end.problem);
  return end.state;
}

/** For S3 the source's own collection is the target; it was read at check, so this is no request. */
async function collectionOfSource(context: Context, sourceId: string): Promise<string | undefined> {
  try {
    return (await context.source(sourceId)).s3?.collection_name ?? undefined;
  } catch {
    return undefined;
  }
}
