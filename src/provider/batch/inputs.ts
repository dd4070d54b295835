import { createHash } from "node:crypto";
import { z } from "zod";
import type { CreateInvocationPayload } from "../../api/index.js";
import { type BatchEntry, DIGEST_LENGTH, decodeBatchEntries } from "../../model/batch-encoding.js";
import { holdsUnknown, UNKNOWN } from "../../model/unknown.js";
import { canonical, payloadOf } from "../canonical.js";
import { PROVENANCE_KEY } from "../exactly-once/conflict.js";
import { FIELDS, flag, oneOf } from "../invocation/inputs.js";

const LARGEST_CONCURRENCY = 64;

const concurrency = z.unknown().superRefine((value, context) => {
  if (
    value === UNKNOWN ||
    (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST_CONCURRENCY)
  )
    return;
  context.addIssue({ code: "custom", message: `must be a whole number from 1 to ${LARGEST_CONCURRENCY}` });
});

/** Every input of a batch but its objects. Only a change of source or collection makes another resource. */
export const BATCH_FIELDS = {
  sourceId: { replaces: true, rule: FIELDS.sourceId.rule },
  targetCollectionName: { replaces: true, rule: FIELDS.targetCollectionName.rule },
  metadata: { replaces: false, rule: FIELDS.metadata.rule },
  triggers: { replaces: false, rule: FIELDS.triggers.rule },
  concurrency: { replaces: false, rule: concurrency },
  waitForCompletion: { replaces: false, rule: FIELDS.waitForCompletion.rule },
  onRemoved: { replaces: false, rule: oneOf("", ["forget", "cancel"]) },
  continueOnError: { replaces: false, rule: flag },
  cancelOnDelete: { replaces: false, rule: flag },
  provenance: { replaces: false, rule: flag },
  retryFailed: { replaces: false, rule: flag },
} satisfies Record<string, { replaces: boolean; rule: z.ZodType }>;

export type BatchField = keyof typeof BATCH_FIELDS;
export const BATCH_FIELD_NAMES = Object.keys(BATCH_FIELDS) as BatchField[];

/** What steers a batch and is kept in its outputs, since a delete and a diff see no inputs. */
export const BATCH_SETTINGS = BATCH_FIELD_NAMES.filter((name) => name !== "metadata" && name !== "triggers");

/** Checked inputs of a batch. */
export interface BatchInputs {
  sourceId: string;
  targetCollectionName?: string;
  /** The entries that were plain values, as text. */
  entries?: string;
  /** The entries that held outputs. */
  objects?: BatchEntry[];
  metadata?: Record<string, unknown>;
  triggers?: unknown[];
  concurrency?: number;
  waitForCompletion?:
    | boolean
    | { timeoutSeconds?: number; pollIntervalSeconds?: number; onTimeout?: "fail" | "warn" };
  onRemoved?: "forget" | "cancel";
  continueOnError?: boolean;
  cancelOnDelete?: boolean;
  provenance?: boolean;
  retryFailed?: boolean;
}

/** The inputs among properties, without those that are absent. */
export function batchInputs(properties: Record<string, unknown>): BatchInputs {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present) as unknown as BatchInputs;
}

/** An object that the batch is to sync. What is sent for it is made when it is sent: there may be many. */
export interface Item {
  objectKey: string;
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
    ...(typeof entries === "string" && entries !== UNKNOWN ? decodeBatchEntries(entries) : []),
    ...structured.filter((entry) => !holdsUnknown(entry)),
  ];
  const isUnknown = [entries, objects].includes(UNKNOWN as never);
  return { known, unknown: structured.filter(holdsUnknown).length + (isUnknown ? 1 : 0) };
}

/** The entries with what tells each from what was synced before. */
export function itemsOf(inputs: BatchInputs, known: BatchEntry[], urn: string): Item[] {
  const shared = canonical("triggers", inputs.triggers);
  return known.map((entry) => {
    const { objectKey, customId, version } = entry;
    // Source and collection replace the whole batch, so they tell no two items apart.
    const metadata = inputs.metadata || entry.metadata ? (payloadFor(inputs, entry).metadata ?? "") : "";
    const text = JSON.stringify([objectKey, customId ?? "", metadata, version ?? "", shared]);
    const part = createHash("sha256").update(text).digest("base64url").slice(0, 22);
    return {
      objectKey,
      digest: part.slice(0, DIGEST_LENGTH),
      part,
      payload: () =>
        inputs.provenance ? marked(payloadFor(inputs, entry), urn, part) : payloadFor(inputs, entry),
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

function marked(payload: CreateInvocationPayload, urn: string, part: string): CreateInvocationPayload {
  const digest = createHash("sha256").update(`${urn}\n${part}`).digest("base64url").slice(0, 22);
  return { ...payload, metadata: { ...payload.metadata, [PROVENANCE_KEY]: digest } };
}
