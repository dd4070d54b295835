import { randomUUID } from "node:crypto";
import { type BatchRecord, decodeBatchRecords, encodeBatchRecords } from "../../model/batch-encoding.js";
import { UNKNOWN } from "../../model/unknown.js";
import { type Properties, present } from "../resource.js";
import type { BatchInputs } from "./inputs.js";
import { type BatchKind, settingsOf } from "./kind.js";
import type { TriggersSeen } from "./trigger-base.js";

/** How many objects are in which state. */
export type BatchCounts = {
  total: number;
  pending: number;
  processing: number;
  complete: number;
  failed: number;
  cancelled: number;
};

/** What state holds of a batch. */
export type BatchState = Omit<BatchInputs, "entries" | "objects" | "metadata" | "triggers"> & {
  /** Id of the resource; it says nothing about the service. */
  batchId: string;
  /** Stands for the run that wrote this: a journal with its mark has served. */
  run: string;
  records: string;
  counts: BatchCounts;
  /** Why, for each object whose invocation failed. */
  failures: Record<string, string>;
  collectionName?: string;
  /** Ids, as one text, of invocations that others have taken the place of and that could not be cancelled yet. */
  superseded?: string;
  /** What was seen of the triggers, if there were any. */
  triggersSeen?: TriggersSeen;
};

/** The ids that are still to be cancelled. */
export function supersededOf({ superseded }: Partial<BatchState>): string[] {
  return superseded ? superseded.split(" ") : [];
}

/** The records of a state, by object key. */
export function recordsOf(state: Partial<BatchState>): Map<string, BatchRecord> {
  const records = typeof state.records === "string" ? decodeBatchRecords(state.records) : [];
  return new Map(records.map((record) => [record.objectKey, record]));
}

/** The id of each object's invocation, by object key. */
export function invocationIdsOf({ records }: Properties): Record<string, string> | string {
  if (records === UNKNOWN) return UNKNOWN;
  const all = typeof records === "string" ? decodeBatchRecords(records) : [];
  return Object.fromEntries(all.map(({ objectKey, invocationId }) => [objectKey, invocationId]));
}

/** How many of these records are in which state. */
export function countsOf(records: readonly BatchRecord[]): BatchCounts {
  const counts = { total: records.length, pending: 0, processing: 0, complete: 0, failed: 0, cancelled: 0 };
  for (const { status } of records) counts[status]++;
  return counts;
}

/** A state of these records. */
export function batchState(
  kind: BatchKind,
  inputs: Partial<BatchInputs>,
  records: Map<string, BatchRecord>,
  failures: Record<string, string>,
  before: Partial<BatchState>,
  superseded: readonly string[] = supersededOf(before),
): BatchState {
  const counts = countsOf([...records.values()]);
  const known = Object.entries(failures).filter(([key]) => records.get(key)?.status === "failed");
  const collectionName = inputs.targetCollectionName ?? before.collectionName;
  return {
    ...(present(settingsOf(kind), inputs) as BatchInputs),
    batchId: before.batchId ?? randomUUID(),
    run: randomUUID(),
    records: encodeBatchRecords(records.values()),
    counts,
    failures: Object.fromEntries(known),
    ...(collectionName ? { collectionName } : {}),
    ...(superseded.length > 0 ? { superseded: superseded.join(" ") } : {}),
    ...(before.triggersSeen ? { triggersSeen: before.triggersSeen } : {}),
  };
}
