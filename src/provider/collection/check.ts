import { UNKNOWN } from "../../model/unknown.js";
import { urnDigest } from "../../model/urn-digest.js";
import { endpointProblem } from "../config.js";
import type { Context } from "../context.js";
import type { Failure } from "../invocation/check.js";
import { deleteFromChroma, hasChroma } from "./chroma.js";
import {
  COLLECTION_INPUTS,
  type CollectionInputs,
  type CollectionState,
  collectionInputs,
} from "./inputs.js";

/** Checks what deleting will need, long before it does. An alias may have given the resource another URN. */
export function checkCollection(context: Context, urns: string[], olds: object, news: object): Failure[] {
  const inputs = collectionInputs(news);
  const { collectionName, endpoint } = inputs;
  context.use(collectionName);
  // One that an earlier run has declared; what this run declares is not in place before its create.
  if (collectionInputs(olds).collectionName === collectionName)
    for (const urn of urns) context.collections.set(urnDigest(urn), inputs);
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

/**
 * Another collection takes the place, and the engine deletes the old one after all that is created or
 * updated. A name that is not known yet replaces nothing: else the engine, where the source is deleted
 * before it is replaced, would delete the collection before it too.
 */
export function diffCollection(context: Context, urn: string, olds: CollectionState, news: object) {
  const before = collectionInputs(olds);
  const inputs = collectionInputs(news);
  const changed = COLLECTION_INPUTS.filter((name) => before[name] !== inputs[name]);
  const isReplaced = changed.includes("collectionName") && inputs.collectionName !== UNKNOWN;
  if (changed.includes("collectionName"))
    context.tell(
      urn,
      `collection ${before.collectionName} goes after all else, unless something still uses it`,
    );
  return {
    changes: changed.length > 0 || olds.declaredBy !== urnDigest(urn),
    replaces: isReplaced ? ["collectionName"] : [],
  };
}

/** Nothing is created: the sync has written the collection. */
export async function declareCollection(
  context: Context,
  urn: string,
  inputs: CollectionInputs,
): Promise<CollectionState> {
  const database = inputs.databaseName ?? (await context.source(inputs.sourceId!)).database_name;
  if (!database) throw new Error(`Source ${inputs.sourceId} names no database.`);
  const declaredBy = urnDigest(urn);
  context.collections.set(declaredBy, inputs);
  return { ...inputs, database, declaredBy };
}

/**
 * Deletes the collection where this run has put another in its place. Whatever else ends the resource, a
 * destroy or its removal from the program, leaves the data; and so does another use of it.
 */
export async function deleteCollection(context: Context, state: CollectionState): Promise<void> {
  const { collectionName, database, declaredBy } = state;
  const current = context.collections.get(declaredBy);
  if (current?.collectionName === collectionName) return;
  if (!current || context.isUsed(collectionName)) {
    const reason = current
      ? "another resource of the stack writes to it"
      : "only one that another took the place of is deleted";
    context.warn(`Collection ${collectionName} (database ${database}) stays: ${reason}.`);
    return;
  }
  try {
    // The address of now: the one in state may be what an earlier delete failed of.
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
