import { type Job, jobProgress, type ListInvocationsQuery } from "../../api/index.js";
import type { Client } from "./client.js";

/** No more than these are read, the newest. */
const MOST = 1000;

/** Which invocations: those of a source, or of a kind of sources in a database. */
export type Where = Pick<ListInvocationsQuery, "source_id" | "database_name" | "source_type">;

/** Invocations in a status, the newest first. */
export async function withStatus(
  client: Client,
  where: Where,
  status: "pending" | "complete",
): Promise<Job[]> {
  const jobs: Job[] = [];
  for await (const job of client.invocations({ ...where, status })) {
    if (jobProgress(job).status === status) jobs.push(job);
    if (jobs.length === MOST) break;
  }
  return jobs;
}
