import { type Job, jobProgress, type ListInvocationsQuery } from "../api/index.js";
import { jobTarget } from "../api/job-target.js";
import type { Client } from "../provider/service/client.js";

const KEYS_AT_ONCE = 500;

/** One invocation. */
export async function getInvocation(client: Client, { id }: { id: string }) {
  return details(await client.getInvocation(id));
}

/** Which invocations are listed. */
export interface InvocationsQuery {
  sourceId?: string;
  databaseName?: string;
  status?: NonNullable<ListInvocationsQuery["status"]>;
  limit?: number;
}

/** Invocations of a source or a database, newest first. */
export async function listInvocations(client: Client, query: InvocationsQuery) {
  const { sourceId, databaseName, status, limit = 100 } = query;
  if (sourceId !== undefined && databaseName !== undefined)
    throw new TypeError(
      "listInvocations accepts sourceId or databaseName, not both: keep sourceId, since a source is of one database.",
    );
  if (!Number.isInteger(limit) || limit < 1)
    throw new TypeError("listInvocations requires a limit that is a whole number above 0.");
  const filter = {
    ...(sourceId === undefined ? {} : { source_id: sourceId }),
    ...(databaseName === undefined ? {} : { database_name: databaseName }),
    ...(status === undefined ? {} : { status }),
    order_by: "DESC",
  } as const;
  const found: ReturnType<typeof details>[] = [];
  for await (const job of client.invocations(filter)) {
    found.push(details(job));
    if (found.length === limit) break;
  }
  return found;
}

/** The newest invocation of each object key; keys that were never synced are absent. */
export async function latestInvocations(
  client: Client,
  { sourceId, objectKeys }: { sourceId: string; objectKeys: string[] },
) {
  const keys = [...new Set(objectKeys)];
  const found: Record<string, ReturnType<typeof details>> = {};
  for (let first = 0; first < keys.length; first += KEYS_AT_ONCE) {
    const part = await client.latestInvocationsByKeys(sourceId, keys.slice(first, first + KEYS_AT_ONCE));
    for (const [key, job] of Object.entries(part)) found[key] = details(job);
  }
  return found;
}

/** An invocation in the words of the resource's inputs and outputs. */
function details(job: Job) {
  return {
    id: job.id,
    ...(job.source_id ? { sourceId: job.source_id } : {}),
    ...jobProgress(job),
    ...jobTarget(job),
  };
}
