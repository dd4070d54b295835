import type { Context } from "../context.js";
import { InitFailure } from "../init-failure.js";
import type { Properties } from "../resource.js";

/**
 * Notes the id of a state that the engine is about to be given, also with a failure: an orderly end of the
 * run finds it in state. After a Ctrl-C the engine may drop it, so that is left to the next run to see.
 */
export async function noteReturned<State extends Properties>(
  context: Context,
  id: keyof State,
  work: Promise<State>,
): Promise<State> {
  const note = (state: Properties) => {
    if (!context.cancelled.aborted) context.returned(state[id as string] as string, state);
  };
  try {
    const state = await work;
    note(state);
    return state;
  } catch (error) {
    if (error instanceof InitFailure) note(error.properties);
    throw error;
  }
}
