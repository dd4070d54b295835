import type { Context } from "../context.js";
import type { SourceInputs } from "./inputs.js";
import { type SourceState, withInputs } from "./state.js";

/** A source cannot be changed: only settings of ours change, in state alone. */
export async function update(
  _context: Context,
  _urn: string,
  _id: string,
  olds: SourceState,
  news: SourceInputs,
): Promise<SourceState> {
  return withInputs(olds, news);
}
