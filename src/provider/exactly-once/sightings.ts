import type { Job } from "../../api/index.js";
import { echoOf, type InvocationRequest, keyOf, likeness, normal, type Shown, shownBy } from "./request.js";

type Request = Omit<InvocationRequest, "identity">;

/** What a list shows of requests that may have been accepted. */
export interface Sightings<Item> {
  /** Requests whose invocation was found, with its id. */
  found: Map<Item, string>;
  /** Requests for which there is something that may be theirs, in words. */
  similar: Map<Item, string>;
}

/** How to tell what a listed invocation is. */
export interface Judge<Item> {
  requestOf(item: Item): Request;
  /** Whether an id is known to belong to something else. */
  isKnown(id: string): boolean;
  /** Whether somebody else may have sent the same, so that equal does not mean own. */
  isShared(item: Item): boolean;
  /** Invocations in words. */
  words(jobs: readonly Job[]): string;
}

interface Candidate {
  job: Job;
  shown: Shown | undefined;
}

/** Finds for each request the one invocation that can only be its own; of equal requests each gets one. */
export function sightings<Item>(
  jobs: readonly Job[],
  items: readonly Item[],
  judge: Judge<Item>,
): Sightings<Item> {
  const all: Sightings<Item> = { found: new Map(), similar: new Map() };
  if (items.length === 0) return all;
  const { sourceId } = judge.requestOf(items[0]!);
  const candidates = jobs
    .filter(({ id }) => id === "" || !judge.isKnown(id))
    .map((job): Candidate => ({ job, shown: shownBy(job, sourceId) }));
  const byKey = grouped(candidates, ({ shown }) => shown?.objectKey);
  const withoutKey = byKey.get(undefined) ?? [];
  for (const group of grouped(items, (item) => echoOf(judge.requestOf(item))).values()) {
    const request = judge.requestOf(group[0]!);
    const key = keyOf(sourceId, request.payload);
    const near = key === undefined ? candidates : [...(byKey.get(normal(key)) ?? []), ...withoutKey];
    sort(group, request, near, judge, all);
  }
  return all;
}

function sort<Item>(
  group: Item[],
  request: Request,
  near: Candidate[],
  judge: Judge<Item>,
  { found, similar }: Sightings<Item>,
): void {
  const same = near.filter(({ shown }) => likeness(shown, request) === "same");
  const areOwn = same.length <= group.length && !group.some((item) => judge.isShared(item));
  const own = areOwn ? same : [];
  for (const [index, { job }] of own.entries()) found.set(group[index]!, job.id);
  const alike = near.filter((one) => !own.includes(one) && likeness(one.shown, request) !== "other");
  if (alike.length === 0) return;
  const words = judge.words(alike.map(({ job }) => job));
  for (const item of group.slice(own.length)) similar.set(item, words);
}

function grouped<Key, One>(list: readonly One[], keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
