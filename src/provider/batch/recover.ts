import { jobProgress } from "../../api/index.js";
import type { Context } from "../context.js";
import type { Results } from "../exactly-once/creation.js";
import { isThere } from "../exactly-once/recover.js";
import { settle } from "../exactly-once/settle.js";
import { settleTimeOf } from "../exactly-once/settle-time.js";
import { sightings } from "../exactly-once/sightings.js";
import { listed } from "../exactly-once/uncertain.js";
import { RUN_MARK } from "../journal/attempts.js";
import type { Intent } from "../journal/intent.js";
import { placeOf } from "../service/place.js";
import { type BatchSending, creationOf } from "./creation.js";
import type { Item } from "./items.js";

const WINDOW_MS = 24 * 3600_000;

/** Ids by part that earlier runs were given and that no state holds. */
export async function recordedIds(
  context: Context,
  { earlier }: Intent,
  inState: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const attempt of earlier) {
    const [first] = attempt.ids.values();
    // One that is not known any more stands for all: they were started with another key or elsewhere.
    if (first === undefined || !(await isThere(context, attempt, first))) continue;
    for (const [part, id] of attempt.ids) if (part !== RUN_MARK && !inState.has(id)) found.set(part, id);
  }
  return found;
}

/** Finds what earlier runs may have started without an answer, in one settle time for all; returns the rest. */
export async function settleEarlier(
  sending: BatchSending,
  items: Item[],
  results: Results<Item>,
): Promise<Item[]> {
  const { context, urn, intent } = sending;
  const { earlier, unreadable } = intent;
  const isDoubtful = ({ part }: Item) =>
    unreadable !== undefined || earlier.some((attempt) => attempt.asked(part));
  const doubts = new Map(items.filter(isDoubtful).map((item) => [item, undefined]));
  const creation = creationOf(sending, unreadable ? undefined : earlier[0]?.mark);
  const totalMs = settleTimeOf(context, earlier);
  const unseen = new Set(await settle(context, urn, creation, doubts, results, totalMs));
  return items.filter((item) => !doubts.has(item) || unseen.has(item));
}

/** Finds what another machine has started for the same declarations, by their provenance; returns the rest. */
export async function adoptMarked(
  { context, inputs, requestOf }: BatchSending,
  items: Item[],
  results: Results<Item>,
): Promise<Item[]> {
  const recent = await context.recent(placeOf(inputs), WINDOW_MS);
  const usable = recent.filter((job) => !["failed", "cancelled"].includes(jobProgress(job).status));
  const judge = { requestOf, isKnown: context.knownIds(), words: listed, isShared: () => false };
  const { found } = sightings(usable, items, judge);
  for (const [item, id] of found) results.accepted(item, id);
  return items.filter((item) => !found.has(item));
}
