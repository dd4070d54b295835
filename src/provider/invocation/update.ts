import type { Context } from "../context.js";
import { isUnfinished } from "../waiting/settings.js";
import type { InvocationInputs } from "./inputs.js";
import { type InvocationState, withInputs } from "./state.js";
import { finish } from "./wait.js";

/** Changes settings in place. Sends nothing, unless it resumes a wait. */
export async function update(
  context: Context,
  urn: string,
  invocationId: string,
  olds: InvocationState,
  news: InvocationInputs,
): Promise<InvocationState> {
  context.seenInState(invocationId, olds, urn);
  const state = withInputs({ ...olds, invocationId }, news);
  return isUnfinished(news, (status) => state.status === status) ? finish(context, urn, state) : state;
}
