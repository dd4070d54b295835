import type { Failure, Properties } from "../resource.js";

/** Properties that are no inputs of a resource, each with the name that is likely meant. */
export function unknownNames(resource: string, names: readonly string[], news: Properties): Failure[] {
  return Object.keys(news)
    .filter((name) => !names.includes(name))
    .map((property) => ({
      property,
      reason: `is not an input of ${resource}: did you mean ${nearest(property, names)}?`,
    }));
}

/** The name that takes the fewest edits. */
export function nearest(name: string, names: readonly string[]): string {
  const ranked = names.map((one) => ({ one, distance: editDistance(name.toLowerCase(), one.toLowerCase()) }));
  return ranked.reduce((best, next) => (next.distance < best.distance ? next : best)).one;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
