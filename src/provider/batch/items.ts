import type { CreateInvocationPayload } from "../../api/index.js";
import {
  type BatchEntry,
  type BatchRecord,
  DIGEST_LENGTH,
  decodeBatchEntries,
  isPacked,
} from "../../model/batch-encoding.js";
import { digest } from "../../model/digest.js";
import { holdsUnknown, UNKNOWN } from "../../model/unknown.js";
import { withProvenance } from "../exactly-once/conflict.js";
import { payloadOf } from "../invocation/payload.js";
import type { BatchInputs } from "./inputs.js";
import type { TriggerBase } from "./trigger-base.js";

const PART_LENGTH = 22;

/** An object that the batch is to sync. What is sent for it is made when it is sent: there may be many. */
export interface Item {
  objectKey: string;
  entry: BatchEntry;
  /** Digest of everything whose change syncs it again, as state keeps it. */
  digest: string;
  /** The same as the records of state have it, if the triggers stood for something else in them. */
  was: string;
  /** The digest at a length that tells any two items apart. */
  part: string;
  payload(): CreateInvocationPayload;
}

/** The known entries of a batch, and how many are not known yet. */
export function entriesOf({ entries, objects }: Pick<BatchInputs, "entries" | "objects">): {
  known: BatchEntry[];
  unknown: number;
} {
  const structured = Array.isArray(objects) ? objects : [];
  const known = [
    ...(isPacked(entries) && entries !== UNKNOWN ? decodeBatchEntries(entries) : []),
    ...structured.filter((entry) => !holdsUnknown(entry)),
  ];
  const isUnknown = [entries, objects].includes(UNKNOWN as never);
  return { known, unknown: structured.filter(holdsUnknown).length + (isUnknown ? 1 : 0) };
}

/** The entries with what tells each from what was synced before. */
export function itemsOf(
  inputs: BatchInputs,
  known: BatchEntry[],
  declaration: string,
  base: Pick<TriggerBase, "before" | "now">,
): Item[] {
  return known.map((entry) => {
    const part = partOf(inputs, entry, base.now);
    const was = base.before === base.now ? part : partOf(inputs, entry, base.before);
    return {
      objectKey: entry.objectKey,
      entry,
      digest: part.slice(0, DIGEST_LENGTH),
      was: was.slice(0, DIGEST_LENGTH),
      part,
      payload: () =>
        inputs.provenance
          ? withProvenance(payloadFor(inputs, entry), `${declaration}\n${part}`)
          : payloadFor(inputs, entry),
    };
  });
}

/** Whether a record of state has a digest that was made with a base for the triggers. */
export function fitsRecord(
  inputs: BatchInputs,
  known: BatchEntry[],
  records: ReadonlyMap<string, BatchRecord>,
): (base: string) => boolean {
  return (base) =>
    known.some((entry) => {
      const record = records.get(entry.objectKey);
      return record !== undefined && partOf(inputs, entry, base).startsWith(record.digest);
    });
}

/** Source and collection replace the whole batch, so they tell no two objects apart. */
function partOf(inputs: BatchInputs, entry: BatchEntry, base: string): string {
  const { objectKey, customId, version } = entry;
  const metadata = inputs.metadata || entry.metadata ? (payloadFor(inputs, entry).metadata ?? "") : "";
  return digest(JSON.stringify([objectKey, customId ?? "", metadata, version ?? "", base]), PART_LENGTH);
}

/** What is sent for an entry: the batch's metadata under its own. */
function payloadFor(
  inputs: BatchInputs,
  { objectKey, customId, metadata }: BatchEntry,
): CreateInvocationPayload {
  return payloadOf({
    sourceId: inputs.sourceId,
    objectKey,
    ...(customId ? { customId } : {}),
    ...(inputs.metadata || metadata ? { metadata: { ...inputs.metadata, ...metadata } } : {}),
    ...(inputs.targetCollectionName ? { targetCollectionName: inputs.targetCollectionName } : {}),
  });
}
