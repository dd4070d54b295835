import type { Job } from "../../api/index.js";
import type { Client } from "../service/client.js";
import { listAddress, listQuery, ofPlace, type Place } from "../service/place.js";

/** The newest ids that a list showed before anything was sent; undefined if no list could be had. */
export type Mark = ReadonlySet<string> | undefined;

const PAGE = 100;
const MARK_SIZE = 32;
const MOST_PAGES = 5000;
/** Without a mark, what was started long ago cannot be told from what was started now. */
const PAGES_WITHOUT_MARK = 10;
const MOST_CHARACTERS = 256 * 1024 * 1024;

/** Notes the newest ids of a place. */
export async function markOf(client: Client, place: Place): Promise<Mark> {
  try {
    const jobs = await client.listInvocations({
      ...listQuery(place),
      order_by: "DESC",
      limit: MARK_SIZE,
      offset: 0,
    });
    return new Set(jobs.map(({ id }) => id).filter((id) => id !== ""));
  } catch {
    return undefined;
  }
}

/**
 * The invocations of a place that are listed and are not in a mark, the newest first. No times are
 * compared: those of the service and those of this machine need not agree.
 *
 * @throws Error if the list has no end.
 */
export async function listedSince(client: Client, place: Place, mark: Mark): Promise<Job[]> {
  const found = new Map<string, Job>();
  const unreadable: Job[] = [];
  let passed = 0;
  let characters = 0;
  for (let page = 0; page < MOST_PAGES && characters < MOST_CHARACTERS; page++) {
    const query = { ...listQuery(place), order_by: "DESC", limit: PAGE, offset: page * PAGE } as const;
    const jobs = await client.listInvocations(query);
    const before = found.size;
    const lastMarked = jobs.findLastIndex(({ id }) => mark?.has(id));
    passed += jobs.filter(({ id }) => mark?.has(id)).length;
    // Half of the mark allows for ids that are listed no more, and for an order that is not strict.
    const isPast = mark !== undefined && mark.size > 0 && passed >= mark.size / 2;
    for (const job of isPast ? jobs.slice(0, lastMarked) : jobs) {
      if (job.id === "") unreadable.push(job);
      else if (!mark?.has(job.id)) found.set(job.id, job);
      characters += sizeOf(job);
    }
    const isEnd = jobs.length < PAGE || (found.size === before && lastMarked < 0);
    if (isPast || isEnd || (mark === undefined && page + 1 >= PAGES_WITHOUT_MARK))
      return ofPlace(client, place, [...found.values(), ...unreadable]);
  }
  throw new Error(`The list of invocations has no end (${listAddress(place)}).`);
}

function sizeOf({ metadata }: Job): number {
  try {
    return JSON.stringify(metadata).length;
  } catch {
    // Nested too deeply.
    return PAGE * 1024;
  }
}
