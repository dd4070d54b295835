import type { Context } from "./context.js";
import { finish } from "./create.js";
import type { InvocationInputs, InvocationState } from "./inputs.js";

/** Changes settings in place. Sends nothing, unless it goes on with a wait. */
export async function update(
  context: Context,
  invocationId: string,
  olds: InvocationState,
  news: InvocationInputs,
): Promise<InvocationState> {
  const { status, createdAt, finishedAt, durationMs, error, collectionName } = olds;
  const seen = { status, createdAt, finishedAt, durationMs, error, collectionName };
  const kept = Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
  const state = { ...news, ...kept, invocationId } as InvocationState;
  return state.status === "complete" ? state : finish(context, state);
}
