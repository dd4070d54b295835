import { ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { described } from "./identity.js";
import { type SourceState, withReply } from "./state.js";

/**
 * Reads a source; undefined if it is gone. One that the key cannot see, for another team owns its
 * database, stays in state: to forget it would make the next update create it, and sync it, again.
 */
export async function read(
  context: Context,
  sourceId: string,
  state: SourceState,
): Promise<SourceState | undefined> {
  context.seenInState(sourceId, {});
  try {
    return withReply({ ...state, sourceId }, await context.client().getSource(sourceId));
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 404)) throw error;
    if (!state.databaseName) throw error;
    if (await seesDatabase(context, state.databaseName)) {
      context.warn(
        `The ${described(state)} with the id ${sourceId} is gone: the next \`pulumi up\` creates it, and every sync of it runs again.`,
      );
      return undefined;
    }
    context.warn(
      `The ${described(state)} with the id ${sourceId} cannot be seen, nor can its database: it stays in state. Check that the API key belongs to the team that owns it.`,
    );
    return { ...state, sourceId };
  }
}

async function seesDatabase(context: Context, databaseName: string): Promise<boolean> {
  try {
    await context.client().listSources({ database_name: databaseName, limit: 1 });
    return true;
  } catch (error) {
    if (error instanceof ResponseError && error.status === 404) return false;
    throw error;
  }
}
