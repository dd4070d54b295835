import { type Job, jobProgress, ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { someOf } from "../some-of.js";
import { type InvocationRequest, normal, shownBy } from "./request.js";

/** Of one source there are hardly ever so many that have not begun. */
const MOST = 1000;
const CANCEL_LIMIT_MS = 10_000;

/**
 * Cancels what is pending for the collection of a request, or of a bucket for its object, so that what comes
 * is not done twice. What this run has started is no conflict. Nothing is cancelled that is of another source.
 */
export async function cancelPending(
  context: Context,
  urn: string,
  request: InvocationRequest,
): Promise<void> {
  const cancelled: string[] = [];
  const running: string[] = [];
  for (const job of await pendingOf(context, request)) {
    if (context.createdInRun.has(job.id)) continue;
    await context.requireEngine();
    try {
      await context.client().cancelInvocation(job.id, AbortSignal.timeout(CANCEL_LIMIT_MS));
      cancelled.push(job.id);
    } catch (error) {
      const status = error instanceof ResponseError ? error.status : undefined;
      if (status === 412) running.push(job.id);
      else if (status !== 404) throw error;
    }
  }
  if (cancelled.length > 0) context.info(urn, `cancelled ${someOf(cancelled)}, which was pending`);
  if (running.length > 0)
    context.warn(
      `${someOf(running)} could not be cancelled, for the service processes it already: it keeps running beside the new sync.`,
    );
}

async function pendingOf(context: Context, request: InvocationRequest): Promise<Job[]> {
  const { sourceId, payload, collection } = request;
  const key = payload.object_key === undefined ? undefined : normal(payload.object_key);
  const pending: Job[] = [];
  for await (const job of context.client().invocations({ source_id: sourceId, status: "pending" })) {
    const shown = shownBy(job, sourceId);
    const isSame = shown?.objectKey === key && shown?.collection === collection;
    if (isSame && jobProgress(job).status === "pending") pending.push(job);
    if (pending.length === MOST) break;
  }
  return pending;
}
