import { ResponseError } from "../api/index.js";
import { isUnfinished } from "../model/invocation-status.js";
import type { Context } from "./context.js";
import type { Properties, Resource } from "./resource.js";

/** A state that was read, and whether it must be read again before the next update, whatever that forces. */
export interface Read {
  state: Properties;
  isUnfinished: boolean;
}

/**
 * Reads a resource for an engine that does so before an update. What was created, changed or is unfinished is
 * read then: only so is it known that state holds it. The engine takes the key of the update before: a key
 * that has been rotated since must not stop the one that brings the new key.
 */
export async function readBeforeUpdate(
  resource: Resource,
  context: Context,
  id: string,
  known: Properties,
): Promise<Read | undefined> {
  const state = await resource.read(context, id, known).catch((error: unknown) => {
    const isRefusal = error instanceof ResponseError && error.status === 401;
    if (!isRefusal || Object.keys(known).length === 0) throw error;
    context.warn(`The state was not read again, so what was last known is kept. ${error.message}`);
    return known;
  });
  return state && { state, isUnfinished: isUnfinished(state) };
}
