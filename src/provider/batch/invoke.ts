import type { BatchRecord } from "../../model/batch-encoding.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { Results } from "../exactly-once/creation.js";
import { reportLeftovers, reportUnread } from "../exactly-once/leftovers.js";
import { keyAt, normal } from "../exactly-once/request.js";
import { sendAll } from "../exactly-once/send.js";
import { UncertainError } from "../exactly-once/uncertain.js";
import { RUN_MARK } from "../journal/attempts.js";
import type { Intent } from "../journal/intent.js";
import { placeOf } from "../service/place.js";
import { sourceCollection } from "../service/source-collection.js";
import { type BatchSending, creationOf } from "./creation.js";
import type { BatchInputs } from "./inputs.js";
import type { Item } from "./items.js";
import type { BatchKind } from "./kind.js";
import type { Progress } from "./progress.js";
import { adoptMarked, recordedIds, settleEarlier } from "./recover.js";

/** What became of the objects that were to be synced. */
export interface Invoked {
  records: BatchRecord[];
  /** Keys by what was said of them. */
  errors: Map<string, string[]>;
  /** Something may have been started whose id is not known: the journal is still needed. */
  uncertain: boolean;
  /** Ids that an earlier run started for objects that have changed since; no state will hold them. */
  orphans: string[];
  intent: Intent;
}

/**
 * Starts an invocation for each item, several at once, each as carefully as a single one. What else this
 * process starts for the same objects comes before or after, or neither could tell which are its own.
 */
export function invokeAll(
  kind: BatchKind,
  context: Context,
  urn: string,
  inputs: BatchInputs,
  items: Item[],
  before: ReadonlyMap<string, BatchRecord>,
  progress: Progress,
): Promise<Invoked> {
  let keys: ReadonlySet<string> | undefined;
  const place = placeOf(inputs);
  const sending = {
    sourceId: place,
    keys() {
      keys ??= new Set(items.map(({ objectKey, entry }) => normal(keyAt(place, objectKey, entry.customId))));
      return keys;
    },
  };
  return context.inTurn(sending, () => invoke(kind, context, urn, inputs, items, before, progress));
}

async function invoke(
  kind: BatchKind,
  context: Context,
  urn: string,
  inputs: BatchInputs,
  items: Item[],
  before: ReadonlyMap<string, BatchRecord>,
  progress: Progress,
): Promise<Invoked> {
  const sourceId = placeOf(inputs);
  const collection = inputs.targetCollectionName ?? (await sourceCollection(context, sourceId));
  const asked = { inputs: "batch", account: context.account(), sourceId };
  const intent = await context.journal().begin(context.urnsOf(urn).map(urnDigest), asked);
  const mark = await context.mark(sourceId);
  const invoked: Invoked = { records: [], errors: new Map(), uncertain: false, orphans: [], intent };
  // Ids are written in their order, so the last one waits for all.
  let written = Promise.resolve();
  const results: Results<Item> = {
    accepted({ objectKey, digest, part }, invocationId) {
      written = intent.commit(invocationId, part);
      context.createdInRun.set(invocationId, urn);
      invoked.records.push({ objectKey, digest, invocationId, status: "pending" });
      progress.done();
    },
    failed({ objectKey, part }, error) {
      const keys = invoked.errors.get(error.message);
      if (keys) keys.push(objectKey);
      else invoked.errors.set(error.message, [objectKey]);
      if (error instanceof UncertainError) invoked.uncertain = true;
      else written = intent.refuse(part);
      progress.failed();
    },
  };
  const inState = new Set([...before.values()].map(({ invocationId }) => invocationId));
  const known = await recordedIds(context, intent, inState);
  let rest = items.filter(({ part }) => !known.has(part));
  for (const item of items) {
    const id = known.get(item.part);
    if (id === undefined) continue;
    known.delete(item.part);
    results.accepted(item, id);
  }
  const orphans = new Set(known.values());
  await intent.open(
    mark,
    rest.map(({ part }) => part),
  );
  const parts = items.map(({ part }) => part);
  const sending: BatchSending = {
    kind,
    context,
    urn,
    inputs,
    intent,
    inState,
    requestOf: (item) => ({ sourceId, payload: item.payload(), collection }),
    isShared: intent.earlier.some((attempt) => attempt.askedForMore(parts)),
  };
  rest = await settleEarlier(sending, rest, results);
  if (inputs.provenance) rest = await adoptMarked(sending, rest, results);
  await sendAll(context, urn, creationOf(sending, mark), rest, results);
  await written;
  const read = () => intent.reread().filter((attempt) => attempt.askedForMore(parts));
  const isHeld = (id: string) => inState.has(id) || orphans.has(id);
  await reportLeftovers(context, urn, { read, isAnswered: () => false, isHeld }, true);
  await reportUnread(context, sourceId, intent);
  // Answers may have come in the meantime that were not what was looked for.
  for (const { ids } of intent.reread())
    for (const [part, id] of ids)
      if (part !== RUN_MARK && !inState.has(id) && !context.createdInRun.has(id)) orphans.add(id);
  invoked.orphans = [...orphans];
  return invoked;
}
