import type { Job } from "../../api/index.js";
import { listedSince } from "../exactly-once/mark.js";
import type { Client } from "./client.js";

/** The newest invocations of a source, accepted within so many milliseconds, listed once for all creates of a run. */
export function recentListing(context: {
  client(): Client;
  now(): number;
}): (sourceId: string, windowMs: number) => Promise<Job[]> {
  const lists = new Map<string, Promise<Job[]>>();
  return (sourceId, windowMs) => {
    let list = lists.get(sourceId);
    if (!list) {
      list = listedSince(context.client(), sourceId, undefined).then((jobs) => {
        const oldest = context.now() + context.client().clockOffsetMs - windowMs;
        return jobs.filter(({ created_at: createdAt }) => !(Date.parse(createdAt) < oldest));
      });
      lists.set(sourceId, list);
      list.catch(() => lists.delete(sourceId));
    }
    return list;
  };
}
