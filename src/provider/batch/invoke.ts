import { type ChromaSyncError, jobProgress, ResponseError, TransportError } from "../../api/index.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import { reportLeftovers } from "../exactly-once/leftovers.js";
import { listedSince, type Mark } from "../exactly-once/mark.js";
import { isThere } from "../exactly-once/recover.js";
import type { InvocationRequest } from "../exactly-once/request.js";
import { type Creation, type Results, sendAll, settle } from "../exactly-once/send.js";
import { settleTimeOf } from "../exactly-once/settle.js";
import { sightings } from "../exactly-once/sightings.js";
import { listed, UncertainError } from "../exactly-once/uncertain.js";
import type { Earlier, Intent } from "../journal/intent.js";
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
  /** Ids that an earlier run started for objects that have changed since; no state will hold them. */
  orphans: string[];
  intent: Intent;
}

/** Starts an invocation for each item, several at once, each as carefully as a single one. */
export async function invokeAll(
  context: Context,
  urn: string,
  inputs: BatchInputs,
  items: Item[],
  before: ReadonlyMap<string, BatchRecord>,
  progress: Progress,
): Promise<Invoked> {
  const sourceId = inputs.sourceId.toLowerCase();
  const collection = inputs.targetCollectionName ?? (await sourceCollection(context, sourceId));
  const urns = context.urnsOf(urn).map(urnDigest);
  const asked = { inputs: "batch", account: context.account(), sourceId };
  const intent = await context.journal().begin(urns, asked);
  const mark = await context.mark(sourceId);
  const invoked: Invoked = { records: [], errors: new Map(), uncertain: false, orphans: [], intent };
  // Ids are written in their order, so the last one waits for all.
  let written = Promise.resolve();
  const keep = ({ objectKey, digest }: Item, invocationId: string) => {
    context.createdInRun.set(invocationId, urn);
    invoked.records.push({ objectKey, digest, invocationId, status: "pending" });
    progress.done();
  };
  const results: Results<Item> = {
    accepted(item, id) {
      written = intent.commit(id, item.part);
      keep(item, id);
    },
    failed({ objectKey }, error) {
      const keys = invoked.errors.get(error.message);
      if (keys) keys.push(objectKey);
      else invoked.errors.set(error.message, [objectKey]);
      invoked.uncertain ||= error instanceof UncertainError;
      progress.failed();
    },
  };
  const inState = new Set([...before.values()].map(({ invocationId }) => invocationId));
  const known = await recordedIds(context, intent, inState);
  let rest = items.filter((item) => {
    const id = known.get(item.part);
    if (id !== undefined) {
      known.delete(item.part);
      written = intent.commit(id, item.part);
      keep(item, id);
    }
    return id === undefined;
  });
  invoked.orphans = [...known.values()];
  await intent.open(
    mark,
    rest.map(({ part }) => part),
  );
  const requestOf = (item: Item) => ({ sourceId, payload: item.payload(), collection });
  const parts = items.map(({ part }) => part);
  const isShared = intent.earlier.some((attempt) => attempt.askedForMore(parts));
  const creation = (since: Mark): Creation<Item> => ({
    send(item) {
      intent.sending();
      return context.client().createInvocation(sourceId, item.payload());
    },
    async look(open) {
      const late = new Map(intent.reread().flatMap(({ ids }) => [...ids]));
      const jobs = await listedSince(context.client(), sourceId, since);
      const isKnownElsewhere = context.knownIds();
      const isKnown = (id: string) =>
        inState.has(id) || (isKnownElsewhere(id) && !intent.unattributed.has(id));
      const areShared = isShared || since === undefined || context.journal().hasRival(urns, sourceId);
      const judge = { requestOf, isKnown, words: listed, isShared: () => areShared };
      const seen = sightings(
        jobs,
        open.filter(({ part }) => !late.has(part)),
        judge,
      );
      for (const item of open) if (late.has(item.part)) seen.found.set(item, late.get(item.part)!);
      return seen;
    },
    endsAll: (error) => inputs.continueOnError === false || concernsAll(error),
    concurrency: inputs.concurrency ?? CONCURRENCY,
    list: `GET /api/v1/invocations?source_id=${sourceId}`,
    advice: "It is not sent again until its version changes.",
  });
  rest = await settleEarlier(context, urn, creation, intent, rest, results);
  if (inputs.provenance) rest = await adoptMarked(context, requestOf, sourceId, rest, results);
  await sendAll(context, urn, creation(mark), rest, results);
  await written;
  const read = () => intent.reread().filter((attempt) => attempt.askedForMore(parts));
  const isHeld = (id: string) => inState.has(id) || invoked.orphans.includes(id);
  await reportLeftovers(context, urn, { read, isAnswered: () => false, isHeld }, true);
  return invoked;
}

/** Ids by part that earlier runs were given and that no state holds. */
async function recordedIds(
  context: Context,
  { earlier }: Intent,
  inState: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const attempt of earlier) {
    const [first] = attempt.ids.values();
    // One that is not known any more stands for all: they were started with another key or elsewhere.
    if (first === undefined || !(await isThere(context, attempt, first))) continue;
    for (const [part, id] of attempt.ids) if (!inState.has(id)) found.set(part, id);
  }
  return found;
}

/** Finds what earlier runs may have started without an answer, in one settle time for all. */
async function settleEarlier(
  context: Context,
  urn: string,
  creation: (since: Mark) => Creation<Item>,
  { earlier, unreadable }: Intent,
  items: Item[],
  results: Results<Item>,
): Promise<Item[]> {
  const isDoubtful = ({ part }: Item) =>
    unreadable !== undefined || earlier.some((attempt: Earlier) => attempt.asked(part));
  const totalMs = settleTimeOf(context, earlier);
  const doubts = new Map(items.filter(isDoubtful).map((item) => [item, undefined]));
  const since = unreadable ? undefined : earlier[0]?.mark;
  const unseen = new Set(await settle(context, urn, creation(since), doubts, results, totalMs));
  return items.filter((item) => !doubts.has(item) || unseen.has(item));
}

/** Finds what another machine has started for the same declarations, by their provenance. */
async function adoptMarked(
  context: Context,
  requestOf: (item: Item) => Omit<InvocationRequest, "identity">,
  sourceId: string,
  items: Item[],
  results: Results<Item>,
): Promise<Item[]> {
  const recent = await context.recent(sourceId, WINDOW_MS);
  const usable = recent.filter((job) => !["failed", "cancelled"].includes(jobProgress(job).status));
  const judge = { requestOf, isKnown: context.knownIds(), words: listed, isShared: () => false };
  const { found } = sightings(usable, items, judge);
  for (const [item, id] of found) results.accepted(item, id);
  return items.filter((item) => !found.has(item));
}

/** Whether the next object would get the same answer. */
function concernsAll(error: Error): boolean {
  if (error instanceof ResponseError) return [401, 403, 404].includes(error.status);
  return error instanceof TransportError || (error as ChromaSyncError).outcome === undefined;
}
