import * as pulumi from "@pulumi/pulumi";
import type { BatchEntry, PackedEntries } from "../../src/model/batch-encoding.js";
import { isBatchEntry, LONGEST_TEXT_BYTES, packedEntries } from "../../src/model/batch-encoding.js";
import { mistake } from "../../src/model/mistake.js";

/** The objects of a batch, in the two forms in which they cross the engine. */
interface Crossing {
  entries?: PackedEntries;
  objects?: unknown[];
}

/** The objects as inputs of the resource. */
export function crossing(name: string, objects: pulumi.Input<object[]> | undefined) {
  if (objects === undefined || Array.isArray(objects)) return parted(name, objects);
  const parts = pulumi.output(objects).apply((all) => parted(name, all));
  return { entries: parts.apply(({ entries }) => entries), objects: parts.apply((both) => both.objects) };
}

/**
 * Entries cross as one text, since the SDK spends most of a millisecond on each object that it walks. One
 * that holds an output crosses as it is, or it would make all the others unknown or secret; and so does
 * what is not an entry, for the check to report.
 */
function parted(name: string, objects: unknown): Crossing {
  if (objects === undefined) return {};
  if (!Array.isArray(objects)) return { objects: objects as unknown[] };
  const plain: BatchEntry[] = [];
  const structured: unknown[] = [];
  for (const object of objects) {
    if (isBatchEntry(object)) plain.push(object);
    else structured.push(object);
  }
  const entries = packedEntries(plain);
  const bytes = Buffer.byteLength(entries.__text);
  if (bytes > LONGEST_TEXT_BYTES)
    throw mistake(
      `ChromaSyncInvocationBatch ${JSON.stringify(name)}: args.objects has ${bytes.toLocaleString("en-US")} bytes, and the engine can carry ${LONGEST_TEXT_BYTES.toLocaleString("en-US")}: split the objects into several ChromaSyncInvocationBatch resources, for instance by the first part of their keys.`,
    );
  return {
    entries,
    ...(structured.length > 0 ? { objects: structured } : {}),
  };
}
