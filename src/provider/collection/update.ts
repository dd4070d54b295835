import type { Context } from "../context.js";
import { create } from "./create.js";
import type { CollectionInputs } from "./inputs.js";
import type { CollectionState } from "./state.js";

/** Declares the same collection anew: where it is deleted may have changed. */
export function update(
  context: Context,
  urn: string,
  _id: string,
  _olds: CollectionState,
  news: CollectionInputs,
): Promise<CollectionState> {
  return create(context, urn, news);
}
