import { type Job, jobProgress, ResponseError } from "../../api/index.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import { isTerminal } from "../../model/invocation-status.js";
import { concurrently } from "../concurrently.js";
import type { Context } from "../context.js";
import { failureOf } from "../service/failure.js";
import { listQuery, placeOf } from "../service/place.js";
import { warnOfFailed } from "./failure.js";
import { OBJECTS } from "./kind.js";
import { type BatchState, batchState, recordsOf } from "./state.js";

const PAGE = 100;
const CONCURRENCY = 16;

/** Reads what has not ended when it was last seen: from the source's list first, the rest one by one. */
export async function read(
  context: Context,
  id: string,
  state: BatchState,
  kind = OBJECTS,
): Promise<BatchState> {
  if (typeof state.records !== "string")
    throw new Error(
      `Only the stack that declares a batch knows its ${kind.many}, so batch ${id} cannot be looked up: export what you need as outputs of that stack, and read them with a StackReference.`,
    );
  context.seenInState(state.run, {});
  const records = recordsOf(state);
  const open = new Map<string, BatchRecord>();
  for (const record of records.values())
    if (!isTerminal(record.status)) open.set(record.invocationId, record);
  if (open.size === 0) {
    warnOfFailed(context, state, state, kind);
    return state;
  }
  const failures = { ...state.failures };
  const seen = (record: BatchRecord, job: Job) => {
    const { status } = jobProgress(job);
    record.status = status;
    open.delete(record.invocationId);
    if (status === "failed") failures[record.objectKey] = failureOf(job, undefined) ?? "";
  };
  const pages = Math.ceil(open.size / PAGE) + 1;
  for (let page = 0; page < pages && open.size > 0; page++) {
    const query = { ...listQuery(placeOf(state)), limit: PAGE, offset: page * PAGE };
    const jobs = await context.client().listInvocations(query).catch(ignoreUnknown);
    for (const job of jobs) {
      const record = open.get(job.id);
      if (record) seen(record, job);
    }
    if (jobs.length < PAGE) break;
  }
  let unknown = 0;
  await concurrently([...open.values()], CONCURRENCY, async (record) => {
    try {
      seen(record, await context.client().getInvocation(record.invocationId));
    } catch (error) {
      ignoreUnknown(error as Error);
      unknown++;
    }
  });
  if (unknown > 0)
    context.warn(
      `The service does not know ${unknown} of the batch's invocations: they keep their last known status. ` +
        "Either their history was dropped, or the API key is of another team.",
    );
  const { run } = state;
  const now = { ...batchState(kind, state, records, failures, state), run };
  warnOfFailed(context, now, now, kind);
  return now;
}

/** What the service does not know keeps its last state; any other answer is reported. */
function ignoreUnknown(error: Error): [] {
  if (error instanceof ResponseError && error.status === 404) return [];
  throw error;
}
