import type { Context } from "../context.js";
import { finish } from "./create.js";
import type { InvocationInputs, InvocationState } from "./inputs.js";

/** Changes settings in place. Sends nothing, unless it goes on with a wait. */
export async function update(
  context: Context,
  urn: string,
  invocationId: string,
  olds: InvocationState,
  news: InvocationInputs,
): Promise<InvocationState> {
  context.settle(invocationId, olds);
  const { status, createdAt, finishedAt, durationMs, error, collectionName, adopted } = olds;
  const seen = { status, createdAt, finishedAt, durationMs, error, collectionName, adopted };
  const kept = Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
  const state = { ...news, ...kept, invocationId } as InvocationState;
  return state.status === "complete" ? state : finish(context, urn, state);
}
