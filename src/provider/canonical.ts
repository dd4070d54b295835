/**
 * One text per meaning: nulls are dropped from maps, keys sorted, ids and commits in lower case. Two
 * inputs with equal texts are the same sync. In `triggers` order and nulls count.
 */
export function canonical(field: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (field === "triggers") return JSON.stringify(sorted(value, false));
  const text = JSON.stringify(
    sorted(field === "sourceId" || field === "refIdentifier" ? lowerCase(value) : value, true),
  );
  // Metadata of nulls alone says as little as none.
  return text === "{}" ? "" : text;
}

/** The same value with the keys of its maps in order, and without their nulls if asked. */
export function sorted(value: unknown, dropNulls: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item, dropNulls));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && !(dropNulls && item === null))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item, dropNulls)]),
  );
}

function lowerCase(value: unknown): unknown {
  if (typeof value === "string") return value.toLowerCase();
  const { sha, ...rest } = value as { sha?: unknown };
  return typeof sha === "string" ? { ...rest, sha: sha.toLowerCase() } : value;
}
