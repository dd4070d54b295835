import * as pulumi from "@pulumi/pulumi";
import type { BatchEntry } from "../../src/model/batch-encoding.js";
import { encodeBatchEntries, isBatchEntry, LONGEST_TEXT_BYTES } from "../../src/model/batch-encoding.js";

/** The objects of a batch, in the two forms in which they cross the engine. */
interface Crossing {
  entries?: string;
  objects?: unknown[];
}

/** The objects as inputs of the resource. */
export function crossing(objects: pulumi.Input<object[]> | undefined) {
  if (objects === undefined || Array.isArray(objects)) return parted(objects);
  const parts = pulumi.output(objects).apply((all) => parted(all));
  return { entries: parts.apply(({ entries }) => entries), objects: parts.apply((both) => both.objects) };
}

/**
 * Entries cross as one text, since the SDK spends most of a millisecond on each object that it walks. One
 * that holds an output crosses as it is, or it would make all the others unknown or secret; and so does
 * what is not an entry, for the check to report.
 */
function parted(objects: unknown): Crossing {
  if (objects === undefined) return {};
  if (!Array.isArray(objects)) return { objects: objects as unknown[] };
  const plain: BatchEntry[] = [];
  const structured: unknown[] = [];
  for (const object of objects) {
    if (isBatchEntry(object)) plain.push(object);
    else structured.push(object);
  }
  const entries = encodeBatchEntries(plain);
  if (Buffer.byteLength(entries) > LONGEST_TEXT_BYTES)
    throw new RangeError(
      `args.objects takes ${entries.length.toLocaleString("en-US")} bytes, and the engine takes ${LONGEST_TEXT_BYTES.toLocaleString("en-US")}: split the objects into several ChromaSyncInvocationBatch resources, for instance by the first part of their keys.`,
    );
  return {
    entries,
    ...(structured.length > 0 ? { objects: structured } : {}),
  };
}
