import { UNKNOWN } from "../../model/unknown.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { Difference, Properties } from "../resource.js";
import { inputsOf, NAMES } from "./inputs.js";
import type { CollectionState } from "./state.js";

/**
 * Another collection replaces it, and the engine deletes the old one after all that is created or
 * updated. A name that is not known yet replaces nothing: else the engine, if the source is deleted
 * before it is replaced, would delete the collection before it too.
 */
export function diff(context: Context, urn: string, olds: CollectionState, news: Properties): Difference {
  const before = inputsOf(olds);
  const inputs = inputsOf(news);
  const { declaredBy } = olds;
  // An alias may have given the resource another URN since.
  if (before.collectionName === inputs.collectionName) context.collections.set(declaredBy, inputs);
  const changed = NAMES.filter((name) => before[name] !== inputs[name]);
  const isReplaced = changed.includes("collectionName") && inputs.collectionName !== UNKNOWN;
  if (changed.includes("collectionName"))
    context.info(
      urn,
      `collection ${before.collectionName} is deleted at the end of the update unless something still uses it`,
    );
  const isDeclared = declaredBy === urnDigest(urn);
  return {
    changes: changed.length > 0 || !isDeclared,
    replaces: isReplaced ? ["collectionName"] : [],
    changed: changed.length > 0 || isDeclared ? changed : ["declaredBy"],
  };
}
