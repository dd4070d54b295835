import { distance } from "fastest-levenshtein";
import type { Failure, Properties } from "../resource.js";

/** Properties that are not inputs of a resource, each with the name that is likely meant. */
export function unknownNames(resource: string, names: readonly string[], news: Properties): Failure[] {
  return Object.keys(news)
    .filter((name) => !names.includes(name))
    .map((property) => ({
      property,
      reason: `is not an input of ${resource}: did you mean ${nearest(property, names)}?`,
    }));
}

/** The name that takes the fewest edits, whatever its case. */
export function nearest(name: string, names: readonly string[]): string {
  const edits = (other: string) => distance(name.toLowerCase(), other.toLowerCase());
  return names.reduce((best, next) => (edits(next) < edits(best) ? next : best));
}
