import { z } from "zod";
import type { Source } from "../../api/index.js";
import type { BatchEntry } from "../../model/batch-encoding.js";
import type { Failure } from "../resource.js";
import { fieldFailures } from "../validation/field-failures.js";
import { maybe } from "../validation/later.js";
import { plainFailures } from "../validation/plain-values.js";
import { customId, metadata, objectKey } from "../validation/rules.js";
import { kindOfSource } from "../validation/source-kind.js";
import { nearest } from "../validation/unknown-names.js";
import { kindOf } from "../validation/zod-message.js";

const FIELDS = {
  objectKey: { rule: objectKey },
  customId: { rule: customId },
  metadata: { rule: metadata },
  version: { rule: maybe(z.string()) },
};
const NAMES = ["objectKey", "customId", "metadata", "version"] as const;

/** An entry in the words of a message. */
export const ENTRY = "{ objectKey, customId, metadata, version }, all but the first optional";

/** One failure for all entries that are nothing like one. */
export function shapeFailures(known: readonly unknown[]): Failure[] {
  const others = known.filter((entry) => typeof entry !== "object" || entry === null || Array.isArray(entry));
  if (others.length === 0) return [];
  const kinds = [...new Set(others.map(kindOf))].join(", ");
  const count =
    others.length === 1 ? "one entry is not an object" : `${others.length} entries are not objects`;
  return [{ property: "objects", reason: `must be a list of ${ENTRY}: ${count} (${kinds})` }];
}

/** The problems of one entry, each beginning with its key. */
export function entryFailures(entry: BatchEntry): Failure[] {
  const properties = { ...entry };
  const failures = [...plainFailures(NAMES, properties), ...fieldFailures(FIELDS, NAMES, properties)];
  const reasons = failures.map(({ property, reason }) => `${property} ${reason}`);
  for (const name of Object.keys(entry))
    if (!(name in FIELDS))
      reasons.push(`has the unknown property ${name}: did you mean ${nearest(name, NAMES)}?`);
  return reasons.map((reason) => ({ property: "objects", reason: `${named(entry.objectKey)}: ${reason}` }));
}

/** One key has one record; and chunk ids begin with the custom id, so two objects cannot share it. */
export function duplicates(known: BatchEntry[]): Failure[] {
  const failures: Failure[] = [];
  const keys = new Set<string>();
  const owners = new Map<string, string>();
  for (const { objectKey, customId } of known) {
    if (keys.has(objectKey))
      failures.push({ property: "objects", reason: `${named(objectKey)} is in the list twice: remove one` });
    else if (customId && owners.has(customId))
      failures.push({
        property: "objects",
        reason: `${named(objectKey)} and ${named(owners.get(customId))} have the same customId, so their chunk ids would collide: change one`,
      });
    keys.add(objectKey);
    if (customId) owners.set(customId, objectKey);
  }
  return failures;
}

/** What the source has against the entries. A kind that is new to this package judges itself. */
export function sourceFailures(source: Source, judged: readonly BatchEntry[]): Failure[] {
  const kind = kindOfSource(source);
  if (kind && !source.s3)
    return [
      {
        property: "sourceId",
        reason: `is the id of ${kind} source, and a batch requires an S3 source: use the id of one, or declare a ChromaSyncInvocation`,
      },
    ];
  const prefix = source.s3?.path_prefix ?? "";
  return judged
    .filter(({ objectKey }) => !objectKey.startsWith(prefix))
    .map(({ objectKey }) => ({
      property: "objects",
      reason: `${named(objectKey)} must start with the source's path prefix ${JSON.stringify(prefix)}, which is not added for you`,
    }));
}

function named(objectKey: unknown): string {
  return typeof objectKey === "string" ? JSON.stringify(objectKey) : "an entry";
}
