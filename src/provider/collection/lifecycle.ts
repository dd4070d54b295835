import type { Failure } from "../check.js";
import { endpointProblem } from "../config.js";
import type { Context } from "../context.js";
import { UNKNOWN } from "../unknown.js";
import { urnDigest } from "../urn.js";
import { deleteFromChroma, hasChroma } from "./chroma.js";
import { type CollectionInputs, type CollectionState, collectionInputs } from "./inputs.js";

/** Checks what deleting will need, long before it does. */
export function checkCollection(context: Context, urn: string, news: object): Failure[] {
  const { collectionName, endpoint } = collectionInputs(news);
  if (collectionName !== UNKNOWN) context.collections.set(urnDigest(urn), collectionName);
  const failures: Failure[] = [];
  if (!hasChroma())
    failures.push({
      property: "deleteSuperseded",
      reason: "takes the Chroma client, which is not installed: npm install chromadb",
    });
  const problem = endpoint === undefined || endpoint === UNKNOWN ? undefined : endpointProblem(endpoint);
  if (problem)
    failures.push({ property: "deleteSuperseded.endpoint", reason: `${problem}: give an https URL` });
  return failures;
}

/** Another collection takes the place, and the engine deletes the old one after all that is created or updated. */
export function diffCollection(context: Context, urn: string, olds: CollectionState, news: object) {
  const before = collectionInputs(olds);
  const inputs = collectionInputs(news);
  const isReplaced = before.collectionName !== inputs.collectionName;
  if (isReplaced && inputs.collectionName !== UNKNOWN)
    context.tell(urn, `collection ${before.collectionName} will be deleted, after all else`);
  return {
    changes: JSON.stringify(before) !== JSON.stringify(inputs),
    replaces: isReplaced ? ["collectionName"] : [],
  };
}

/** Nothing is created: the sync has written the collection. */
export async function declareCollection(
  context: Context,
  urn: string,
  inputs: CollectionInputs,
): Promise<CollectionState> {
  const { database_name: databaseName } = await context.source(inputs.sourceId);
  if (!databaseName) throw new Error(`Source ${inputs.sourceId} names no database.`);
  const declaredBy = urnDigest(urn);
  context.collections.set(declaredBy, inputs.collectionName);
  return { ...inputs, databaseName, declaredBy };
}

/**
 * Deletes the collection where this run has declared another in its place. Whatever else ends the resource,
 * a destroy or its removal from the program, leaves the data.
 */
export async function deleteCollection(context: Context, state: CollectionState): Promise<void> {
  const { collectionName, databaseName, declaredBy } = state;
  const current = context.collections.get(declaredBy);
  if (current === undefined) {
    context.warn(
      `Collection ${collectionName} (database ${databaseName}) stays: only one that another took the place of is deleted.`,
    );
    return;
  }
  if ([...context.collections.values()].includes(collectionName)) return;
  try {
    await deleteFromChroma(context.apiKey(), state);
  } catch (error) {
    throw new Error(
      `Collection ${collectionName} (database ${databaseName}) could not be deleted, and the next \`pulumi up\` tries again: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
