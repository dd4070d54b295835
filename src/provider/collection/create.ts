import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { CollectionInputs } from "./inputs.js";
import type { CollectionState } from "./state.js";

/** Nothing is created: the sync has written the collection. */
export async function create(
  context: Context,
  urn: string,
  inputs: CollectionInputs,
): Promise<CollectionState> {
  const database = inputs.databaseName ?? (await context.source(inputs.sourceId!)).database_name;
  if (!database)
    throw new Error(
      `The service does not say which database source ${inputs.sourceId} is in: declare the source in the ChromaSyncedRepository, with its databaseName.`,
    );
  const declaredBy = urnDigest(urn);
  context.collections.set(declaredBy, inputs);
  return { ...inputs, database, declaredBy };
}
