import type { CreateInvocationPayload } from "../../api/index.js";
import { type BatchEntry, DIGEST_LENGTH, decodeBatchEntries, isPacked } from "../../model/batch-encoding.js";
import { digest } from "../../model/digest.js";
import { holdsUnknown, UNKNOWN } from "../../model/unknown.js";
import { canonical } from "../canonical.js";
import { withProvenance } from "../exactly-once/conflict.js";
import { payloadOf } from "../invocation/payload.js";
import type { BatchInputs } from "./inputs.js";

/** An object that the batch is to sync. What is sent for it is made when it is sent: there may be many. */
export interface Item {
  objectKey: string;
  entry: BatchEntry;
  /** Digest of everything whose change syncs it again, as state keeps it. */
  digest: string;
  /** The same at a length that tells any two items apart. */
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
export function itemsOf(inputs: BatchInputs, known: BatchEntry[], declaration: string): Item[] {
  const shared = canonical("triggers", inputs.triggers);
  return known.map((entry) => {
    const { objectKey, customId, version } = entry;
    // Source and collection replace the whole batch, so they tell no two items apart.
    const metadata = inputs.metadata || entry.metadata ? (payloadFor(inputs, entry).metadata ?? "") : "";
    const text = JSON.stringify([objectKey, customId ?? "", metadata, version ?? "", shared]);
    const part = digest(text, 22);
    return {
      objectKey,
      entry,
      digest: part.slice(0, DIGEST_LENGTH),
      part,
      payload: () =>
        inputs.provenance
          ? withProvenance(payloadFor(inputs, entry), `${declaration}\n${part}`)
          : payloadFor(inputs, entry),
    };
  });
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
