import { printable } from "../../api/errors.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import { InitFailureError } from "../init-failure.js";
import { RUN_MARK } from "../journal/attempts.js";
import { sourceCollection } from "../service/source-collection.js";
import { waitSettings, waits } from "../waiting/settings.js";
import type { BatchInputs } from "./inputs.js";
import { type Invoked, invokeAll } from "./invoke.js";
import { entriesOf, fitsRecord, type Item, itemsOf } from "./items.js";
import { type BatchKind, OBJECTS } from "./kind.js";
import { planOf } from "./plan.js";
import { Progress } from "./progress.js";
import { type BatchState, batchState, recordsOf } from "./state.js";
import { cancelSuperseded } from "./supersede.js";
import { triggerBase } from "./trigger-base.js";
import { waitForAll } from "./wait.js";

const SHOWN_KEYS = 5;

/** Applies the inputs of a batch: invokes what is new or changed, then waits if asked to. */
export async function apply(
  context: Context,
  urn: string,
  inputs: BatchInputs,
  olds: Partial<BatchState>,
  kind = OBJECTS,
): Promise<BatchState> {
  const { known } = entriesOf(inputs);
  const before = recordsOf(olds);
  const base = triggerBase(olds, inputs.triggers, fitsRecord(inputs, known, before));
  const items = itemsOf(inputs, known, context.declarationOf(urn), base);
  const plan = planOf(items, before, inputs);
  const due = [...plan.added, ...plan.changed];
  const invoked = due.length > 0 ? await invokeDue(kind, context, urn, inputs, due, before) : undefined;
  const records = inOrder(items, before, invoked?.records ?? []);
  const problems: string[] = [];
  if (invoked) problems.push(...grouped(invoked.errors));
  const unstarted = items.length - records.size;
  if (context.cancelled.aborted && unstarted > 0)
    problems.push(
      `The run was cancelled with ${unstarted.toLocaleString("en-US")} ${kind.many} to go; the next \`pulumi up\` starts the rest.`,
    );
  const orphans = invoked?.orphans ?? [];
  // With no engine to keep the new ids, the old ones stay in state, and must not be cancelled.
  await context.requireEngine();
  const left = await cancelSuperseded(context, urn, inputs, olds, plan, records, before, orphans);
  let failures = { ...olds.failures };
  if (waits(inputs)) {
    const waited = await waitForAll(context, urn, inputs, [...records.values()]);
    failures = { ...failures, ...waited.failures };
    const { onTimeout, onFailure } = waitSettings(inputs);
    if (waited.problem && waited.late && onTimeout === "warn") context.warn(waited.problem);
    else if (waited.problem) problems.push(waited.problem);
    const bad = failed([...records.values()], failures, inputs, kind);
    if (onFailure !== "warn") problems.push(...bad);
    else for (const sentence of bad) context.warn(sentence);
  }
  const collectionName = inputs.targetCollectionName ?? (await sourceCollection(context, inputs.sourceId));
  const { triggersSeen: _seen, ...others } = olds;
  const kept = {
    ...others,
    ...(collectionName ? { collectionName } : {}),
    ...(base.seen ? { triggersSeen: base.seen } : {}),
  };
  const state = batchState(kind, inputs, records, failures, kept, left);
  // With the mark in state, all that the journal holds is in state too.
  if (invoked && !invoked.uncertain) {
    if (invoked.records.length > 0) await invoked.intent.commit(state.run, RUN_MARK);
    else invoked.intent.close();
  }
  if (problems.length === 0) return state;
  if (records.size === 0 && olds.batchId === undefined) throw new Error(problems.join("\n"));
  throw new InitFailureError(state.batchId, state, problems);
}

async function invokeDue(
  kind: BatchKind,
  context: Context,
  urn: string,
  inputs: BatchInputs,
  due: Item[],
  before: ReadonlyMap<string, BatchRecord>,
): Promise<Invoked> {
  const progress = new Progress(context, urn, kind.doing, due.length);
  kind.count?.(due, progress);
  try {
    return await invokeAll(kind, context, urn, inputs, due, before, progress);
  } finally {
    progress.end();
  }
}

/** Records in the order of the list; what could not be started anew keeps the record that it had. */
function inOrder(
  items: Item[],
  before: ReadonlyMap<string, BatchRecord>,
  invoked: BatchRecord[],
): Map<string, BatchRecord> {
  const fresh = new Map(invoked.map((record) => [record.objectKey, record]));
  const records = new Map<string, BatchRecord>();
  for (const { objectKey, digest, was } of items) {
    const old = before.get(objectKey);
    const kept = old && old.digest === was ? { ...old, digest } : old;
    const record = fresh.get(objectKey) ?? kept;
    if (record) records.set(objectKey, record);
  }
  return records;
}

/** One line for each thing that went wrong, with the first of the objects that it happened to. */
function grouped(errors: ReadonlyMap<string, string[]>): string[] {
  return [...errors].map(
    ([reason, keys]) => `${keys.length.toLocaleString("en-US")} not started (${shown(keys)}): ${reason}`,
  );
}

function failed(
  records: BatchRecord[],
  failures: Record<string, string>,
  { retryFailed }: BatchInputs,
  { changes }: BatchKind,
): string[] {
  const next = retryFailed ? "run `pulumi up` again" : `change ${changes} or set retryFailed: true`;
  const byReason = new Map<string, string[]>();
  for (const { objectKey, status } of records) {
    if (!isTerminal(status) || status === "complete") continue;
    const reason = status === "failed" ? (failures[objectKey] ?? "failed") : "was cancelled";
    byReason.set(reason, [...(byReason.get(reason) ?? []), objectKey]);
  }
  return [...byReason].map(
    ([reason, keys]) =>
      `${keys.length.toLocaleString("en-US")} failed (${shown(keys)}): ${reason}. The service has already retried: fix the cause, then ${next}.`,
  );
}

function shown(keys: string[]): string {
  const first = keys
    .slice(0, SHOWN_KEYS)
    .map((key) => printable(key, 100))
    .join(", ");
  return keys.length > SHOWN_KEYS ? `${first}, …` : first;
}
