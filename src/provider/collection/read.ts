import type { Context } from "../context.js";
import type { CollectionState } from "./state.js";

/** State is all that there is to read: the sync has written the collection, and others may too. */
export async function read(_context: Context, _id: string, state: CollectionState): Promise<CollectionState> {
  return state;
}
