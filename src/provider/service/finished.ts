import type { Job } from "../../api/index.js";
import type { Client } from "./client.js";
import { type Where, withStatus } from "./with-status.js";

/** Finished invocations, the newest first, listed once for all resources of a run. */
export function finishedListing(context: { client(): Client }): (where: Where) => Promise<Job[]> {
  const lists = new Map<string, Promise<Job[]>>();
  return (where) => {
    const key = JSON.stringify(where);
    const list = lists.get(key) ?? withStatus(context.client(), where, "complete");
    lists.set(key, list);
    return list;
  };
}
