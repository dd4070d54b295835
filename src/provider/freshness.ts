import { type Job, jobProgress } from "../api/index.js";
import type { Context } from "./context.js";
import type { Failure, Properties } from "./resource.js";
import { elapsed } from "./waiting/duration.js";

const HOUR_MS = 3600_000;

/** What asks for another sync though nothing that is synced has changed. */
export interface Due {
  property: "runOn" | "maxAgeHours";
  /** Why, for the row of the resource. */
  reason: string;
}

/**
 * Whether the next `up` syncs again because of when it last did. Age counts from the service's own time of
 * the end; a sync that has not ended, or ended badly, has no age.
 */
export async function dueAgain(
  context: Context,
  olds: Properties,
  news: Properties,
): Promise<Due | undefined> {
  if (news.runOn === "up")
    return { property: "runOn", reason: 'runOn is "up": every `pulumi up` starts a new sync' };
  const { maxAgeHours } = news;
  if (typeof maxAgeHours !== "number") return undefined;
  const finishedAt = await finishedAtOf(context, olds);
  const offset = context.hasKey() ? context.client().clockOffsetMs : 0;
  const age = context.now() + offset - Date.parse(finishedAt ?? "");
  if (!(age >= maxAgeHours * HOUR_MS)) return undefined;
  return {
    property: "maxAgeHours",
    reason: `the last sync finished ${elapsed(age)} ago and maxAgeHours is ${maxAgeHours}: this starts a new sync`,
  };
}

/** Settings that ask for new syncs, beside one that names the only invocation there is to be. */
export function freshnessFailures({ runOn, maxAgeHours, adoptInvocationId }: Properties): Failure[] {
  if (adoptInvocationId === undefined || adoptInvocationId === null) return [];
  const reason = "asks for new syncs, but adoptInvocationId names one that exists: remove one of the two";
  return [
    ...(runOn === "up" ? [{ property: "runOn", reason }] : []),
    ...(maxAgeHours === undefined || maxAgeHours === null ? [] : [{ property: "maxAgeHours", reason }]),
  ];
}

/** From state, or from the service if state was written before the end. */
async function finishedAtOf(context: Context, { finishedAt, status, invocationId }: Properties) {
  if (typeof finishedAt === "string") return finishedAt;
  if (status !== "pending" && status !== "processing") return undefined;
  if (typeof invocationId !== "string" || !context.hasKey()) return undefined;
  const job = await context
    .client()
    .getInvocation(invocationId)
    .catch((): Job | undefined => undefined);
  return job && jobProgress(job).finishedAt;
}
