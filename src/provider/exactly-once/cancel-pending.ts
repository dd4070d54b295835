import type { Job } from "../../api/index.js";
import type { Context } from "../context.js";
import { cancelIfPending } from "../service/cancel-if-pending.js";
import { withStatus } from "../service/with-status.js";
import { someOf } from "../some-of.js";
import { type InvocationRequest, normal, shownBy } from "./request.js";

/**
 * Cancels what is pending for the collection of a request, or of a bucket for its object, so that only
 * the new sync runs. It does not cancel what this run has started, nor invocations of other sources.
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
    const outcome = await cancelIfPending(context.client(), job.id);
    if (outcome === "cancelled") cancelled.push(job.id);
    if (outcome === "begun") running.push(job.id);
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
  const pending = await withStatus(context.client(), { source_id: sourceId }, "pending");
  return pending.filter((job) => {
    const shown = shownBy(job, sourceId);
    return shown?.objectKey === key && shown?.collection === collection;
  });
}
