import { type Job, jobProgress, type ListInvocationsQuery } from "../../api/index.js";
import type { Client } from "./client.js";

/** A preview looks at no more than these, the newest. */
const MOST = 1000;

/** Which finished invocations: those of a source, or of a kind of sources in a database. */
export type Where = Pick<ListInvocationsQuery, "source_id" | "database_name" | "source_type">;

/** Finished invocations, the newest first, listed once for all resources of a run. */
export function finishedListing(context: { client(): Client }): (where: Where) => Promise<Job[]> {
  const lists = new Map<string, Promise<Job[]>>();
  return (where) => {
    const key = JSON.stringify(where);
    const list = lists.get(key) ?? finished(context.client(), where);
    lists.set(key, list);
    return list;
  };
}

async function finished(client: Client, where: Where): Promise<Job[]> {
  const jobs: Job[] = [];
  for await (const job of client.invocations({ ...where, status: "complete" })) {
    if (jobProgress(job).status === "complete") jobs.push(job);
    if (jobs.length === MOST) break;
  }
  return jobs;
}
