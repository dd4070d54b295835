import type { Context } from "../context.js";
import { apply } from "./apply.js";
import type { BatchInputs } from "./inputs.js";
import { OBJECTS } from "./kind.js";
import type { BatchState } from "./state.js";

/**
 * Invokes the objects that are new or changed, and only those; forgets or cancels the ones that are
 * gone, and resumes a wait that did not end.
 */
export async function update(
  context: Context,
  urn: string,
  _id: string,
  olds: Partial<BatchState>,
  news: BatchInputs,
  kind = OBJECTS,
): Promise<BatchState> {
  if (olds.run) context.seenInState(olds.run, {}, urn);
  return apply(context, urn, news, olds, kind);
}
