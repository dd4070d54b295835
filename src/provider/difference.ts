import type { Difference } from "./resource.js";

/** What changed, as a host is told it: an unfinished wait is a change of the status, if it is the only one. */
export function differenceOf(
  changed: readonly string[],
  replaces: string[],
  isUnfinished: boolean,
): Difference {
  const all = [...new Set([...changed, ...replaces])];
  return {
    changes: all.length > 0 || isUnfinished,
    replaces,
    changed: all.length === 0 && isUnfinished ? ["status"] : all,
  };
}
