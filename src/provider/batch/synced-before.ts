import { type Job, jobProgress } from "../../api/index.js";
import { isPagedKey } from "../../model/paged.js";
import { PRICES } from "../../model/prices.js";
import { UNKNOWN } from "../../model/unknown.js";
import { concurrently } from "../concurrently.js";
import type { Context } from "../context.js";
import { earlierIds } from "../exactly-once/earlier-ids.js";
import { sourceCollection } from "../service/source-collection.js";
import type { BatchInputs } from "./inputs.js";
import type { Item } from "./items.js";

/** Keys that are asked for in one request. */
const PAGE = 100;
const CONCURRENCY = 8;
/** A preview does not wait for more requests than this. */
const MOST_PAGES = 100;

/**
 * Warns of objects that another stack or another name has synced into the same collection: on S3 a second
 * sync adds a second copy.
 */
export async function warnOfSynced(
  context: Context,
  urn: string,
  inputs: BatchInputs,
  added: readonly Item[],
): Promise<void> {
  const { sourceId, targetCollectionName } = inputs;
  if (added.length === 0 || sourceId === UNKNOWN || targetCollectionName === UNKNOWN) return;
  try {
    if (!context.hasKey()) return;
    const asked = added.slice(0, PAGE * MOST_PAGES);
    const jobs = await latest(context, sourceId.toLowerCase(), asked);
    const collection = targetCollectionName ?? (await sourceCollection(context, sourceId));
    const own = earlierIds(context, urn, sourceId.toLowerCase());
    const synced = [...jobs].filter(
      ([, job]) =>
        !own.has(job.id) &&
        !["failed", "cancelled"].includes(jobProgress(job).status) &&
        job.metadata.collection_name === collection,
    );
    if (synced.length > 0) context.warn(warning(synced, added.length, asked.length, collection));
  } catch {
    // The preview of a source that cannot be asked has said so at its check.
  }
}

async function latest(context: Context, sourceId: string, items: readonly Item[]): Promise<Map<string, Job>> {
  const pages: string[][] = [];
  for (let at = 0; at < items.length; at += PAGE)
    pages.push(items.slice(at, at + PAGE).map(({ objectKey }) => objectKey));
  const found = new Map<string, Job>();
  await concurrently(pages, CONCURRENCY, async (keys) => {
    const jobs = await context.client().latestInvocationsByKeys(sourceId, keys);
    for (const [key, job] of Object.entries(jobs)) found.set(key, job);
  });
  return found;
}

function warning(
  synced: [key: string, job: Job][],
  added: number,
  asked: number,
  collection: string | undefined,
): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const [key, job] = synced.reduce((last, one) => (one[1].created_at > last[1].created_at ? one : last));
  const all = asked < added ? `first ${number(asked)} of ${number(added)}` : number(added);
  const pages = synced.filter(([one]) => isPagedKey(one)).length;
  const dollars = (value: number) => `US$ ${value.toFixed(2)}`;
  const rates =
    `${dollars(PRICES.processingPerGiB)} per GiB processed and ${dollars(PRICES.writingPerGiB)} per GiB written` +
    (pages > 0
      ? `, and ${dollars(PRICES.page)} a page of ${number(pages)} documents, so at least ${dollars(pages * PRICES.page)}`
      : "");
  return (
    `${number(synced.length)} of the ${all} objects to sync ${synced.length === 1 ? "has" : "have"} been synced into ${collection ?? "the same collection"} before, by another name or stack ` +
    `(the latest: ${key}, invocation ${job.id}, ${job.created_at}). Syncing them again adds a second copy of their chunks and is billed again: ` +
    `${number(synced.length)} invocations, by list prices ${rates}. If the resource was renamed, keep it with the option \`aliases\`; else leave these objects out.`
  );
}
