import type { Context } from "../context.js";
import { deleteFromChroma } from "./chroma.js";
import type { CollectionState } from "./state.js";

/**
 * Deletes the collection if this run has replaced it. Whatever else ends the resource, a
 * destroy or its removal from the program, leaves the data; and so does another use of it.
 */
export async function remove(context: Context, _id: string, state: CollectionState): Promise<void> {
  const { collectionName, database, declaredBy } = state;
  const current = context.collections.get(declaredBy);
  if (current?.collectionName === collectionName) return;
  if (!current || context.isUsed(collectionName)) {
    const reason = current
      ? "another resource of the stack writes to it"
      : "only a collection superseded by this update is deleted";
    context.warn(`Collection ${collectionName} (database ${database}) stays: ${reason}.`);
    return;
  }
  try {
    // Use the current endpoint: a wrong one in state may be why an earlier delete failed.
    const { endpoint, tenant } = current;
    await deleteFromChroma(context.apiKey(), {
      databaseName: database,
      collectionName,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(tenant === undefined ? {} : { tenant }),
    });
  } catch (error) {
    throw new Error(
      `Collection ${collectionName} (database ${database}) could not be deleted, and the next \`pulumi up\` tries again: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
