import {
  type ChromaSyncError,
  type Job,
  jobProgress,
  ResponseError,
  TransportError,
} from "../../api/index.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import type { Context } from "../context.js";
import { post, Uncertain } from "../exactly-once/create-once.js";
import { acceptedSince, objectText, objectTextOf } from "../exactly-once/match.js";
import { LOOK_AFTER_MS } from "../exactly-once/patience.js";
import type { Intent } from "../journal/journal.js";
import { sourceCollection } from "../service/source-collection.js";
import type { BatchInputs } from "./inputs.js";
import type { Item } from "./items.js";
import type { Progress } from "./progress.js";

const CONCURRENCY = 32;
const WINDOW_MS = 24 * 3600_000;

/** What became of the objects that were to be synced. */
export interface Invoked {
  records: BatchRecord[];
  /** Keys by what was said of them. */
  errors: Map<string, string[]>;
  /** Something may have been started whose id is not known: the journal is still needed. */
  uncertain: boolean;
}

/** Starts an invocation for each item, several at once, each as carefully as a single one. */
export async function invokeAll(
  context: Context,
  urn: string,
  inputs: BatchInputs,
  items: Item[],
  progress: Progress,
): Promise<Invoked & { intent: Intent }> {
  const sourceId = inputs.sourceId.toLowerCase();
  const collection = inputs.targetCollectionName ?? (await sourceCollection(context, sourceId));
  const intent = await context.journal().begin(urn, "batch");
  const invoked: Invoked = { records: [], errors: new Map(), uncertain: false };
  // Ids are written in their order, so the last one waits for all.
  let written = Promise.resolve();
  const keep = (item: Item, invocationId: string, known: boolean) => {
    context.claimed.add(invocationId);
    if (!known) written = intent.commit(invocationId, item.part);
    const { objectKey, digest } = item;
    invoked.records.push({ objectKey, digest, invocationId, status: "pending" });
    progress.done();
  };
  const rest = await takeOver(context, intent, sourceId, collection, inputs, items, keep);
  let next = 0;
  let stopped = false;
  const worker = async () => {
    while (!stopped && !context.cancelled.aborted && next < rest.length) {
      const item = rest[next++]!;
      try {
        const wanted = { sourceId, payload: item.payload(), collection };
        keep(item, (await post(context, { unresolvedSince: undefined }, wanted)).id, false);
      } catch (error) {
        const reason = (error as Error).message;
        invoked.errors.set(reason, [...(invoked.errors.get(reason) ?? []), item.objectKey]);
        invoked.uncertain ||= error instanceof Uncertain;
        stopped ||= inputs.continueOnError === false || concernsAll(error as Error);
        progress.failed();
      }
    }
  };
  await Promise.all(Array.from({ length: inputs.concurrency ?? CONCURRENCY }, worker));
  await written;
  return { ...invoked, intent };
}

/** Whether the next object would get the same answer. */
function concernsAll(error: Error): boolean {
  if (error instanceof ResponseError) return [401, 403, 404].includes(error.status);
  return error instanceof TransportError || (error as ChromaSyncError).outcome === undefined;
}

/** Keeps what earlier runs have started, and returns the items of which nothing is known. */
async function takeOver(
  context: Context,
  intent: Intent,
  sourceId: string,
  collection: string | undefined,
  inputs: BatchInputs,
  items: Item[],
  keep: (item: Item, id: string, known: boolean) => void,
): Promise<Item[]> {
  let rest = items.filter((item) => {
    const id = intent.taken.get(item.part);
    if (id) keep(item, id, true);
    return !id;
  });
  const match = (jobs: Job[], only: (job: Job) => boolean) => {
    const free = new Map<string, Job[]>();
    for (const job of jobs) {
      const text = objectTextOf(job);
      const elsewhere =
        collection && job.metadata.collection_name && job.metadata.collection_name !== collection;
      if (!text || elsewhere || context.isTaken(job.id) || !only(job)) continue;
      free.set(text, [...(free.get(text) ?? []), job]);
    }
    rest = rest.filter((item) => {
      const { object_key, custom_id, metadata } = item.payload();
      const job = free.get(objectText(object_key, custom_id, metadata))?.[0];
      if (job) keep(item, job.id, false);
      return !job;
    });
  };
  if (intent.unresolvedSince !== undefined)
    for (const pause of LOOK_AFTER_MS) {
      if (rest.length === 0) break;
      await context.sleep(pause);
      match(await acceptedSince(context, sourceId, intent.unresolvedSince), () => true);
    }
  if (inputs.provenance && rest.length > 0)
    match(
      await context.recent(sourceId, WINDOW_MS),
      (job) => !["failed", "cancelled"].includes(jobProgress(job).status),
    );
  return rest;
}
