import { createHash } from "node:crypto";

/** What the ids of an object's chunks begin with; undefined for what is not an object. */
export function chunkIdPrefix(objectKey: unknown, customId: string | undefined): string | undefined {
  // The check reports a value that is not a string.
  if (!objectKey || typeof objectKey !== "string") return undefined;
  return customId ?? createHash("sha256").update(objectKey).digest("hex");
}
