import { jobProgress } from "../../api/index.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import type { Context } from "../context.js";
import { failureOf } from "../service/failure.js";
import { placeOf } from "../service/place.js";
import { estimate } from "../waiting/duration.js";
import { Heartbeat, type Report } from "../waiting/heartbeat.js";
import { endsWait, waitSeconds, waitSettings } from "../waiting/settings.js";
import type { BatchInputs } from "./inputs.js";
import { type BatchCounts, countsOf } from "./state.js";

/** How a wait for many ended; `failures` has the service's words for each object that failed. */
export interface BatchWaited {
  failures: Record<string, string>;
  problem?: string;
  late?: true;
}

/** Waits until every record is of an invocation that has ended; changes the records. */
export async function waitForAll(
  context: Context,
  urn: string,
  inputs: Pick<BatchInputs, "sourceId" | "databaseName" | "waitForCompletion" | "metadata">,
  records: BatchRecord[],
): Promise<BatchWaited> {
  const settings = waitSettings(inputs);
  const timeoutSeconds = waitSeconds(settings, context);
  const open = new Set(records.filter(({ status }) => !endsWait(settings, status)));
  const failures: Record<string, string> = {};
  const refusals: string[] = [];
  if (open.size === 0) return { failures };
  const counts = countsOf(records);
  const heartbeat = new Heartbeat(context, urn, statesOf(context, counts, open));
  const done = new AbortController();
  const end = await new Promise<"ended" | "late" | "cancelled">((resolve) => {
    for (const record of open) {
      const stop = new AbortController();
      const finish = () => {
        stop.abort();
        open.delete(record);
        if (open.size === 0) resolve("ended");
      };
      context.poller.watch({
        sourceId: placeOf(inputs),
        invocationId: record.invocationId,
        pauseMs: settings.pollIntervalSeconds === undefined ? undefined : settings.pollIntervalSeconds * 1000,
        signal: AbortSignal.any([stop.signal, done.signal]),
        seen(job) {
          const { status } = jobProgress(job);
          counts[record.status]--;
          record.status = status;
          counts[status]++;
          heartbeat.changed();
          if (!endsWait(settings, status)) return;
          if (status === "failed") failures[record.objectKey] = failureOf(job, inputs.metadata) ?? "";
          finish();
        },
        refused(error) {
          refusals.push(`${record.objectKey}: ${error.message}`);
          finish();
        },
      });
    }
    context.sleep(timeoutSeconds * 1000, done.signal).then(() => resolve("late"));
    if (context.cancelled.aborted) resolve("cancelled");
    context.cancelled.addEventListener("abort", () => resolve("cancelled"), { signal: done.signal });
  });
  done.abort();
  heartbeat.end();
  const left = `${open.size.toLocaleString("en-US")} invocations have not ended`;
  const keepsRunning = "They keep running in the service; the next `pulumi up` waits again";
  if (end === "late")
    return {
      failures,
      late: true,
      problem: `${left} after ${timeoutSeconds} s. ${keepsRunning} (waitForCompletion.timeoutSeconds sets the limit).`,
    };
  if (end === "cancelled") return { failures, problem: `The wait was cancelled: ${left}. ${keepsRunning}.` };
  return refusals.length > 0
    ? { failures, problem: `${refusals.length} invocations could not be read, the first is ${refusals[0]}` }
    : { failures };
}

const SHOWN_STATES = ["complete", "processing", "pending", "failed", "cancelled"] as const;
/** The pace is that since the first end, for what comes before says nothing of it; this much of it is enough. */
const PACE_MS = 3000;

/** How many of a batch are in which state, and how long the open ones may take at the pace so far. */
function statesOf(context: Context, counts: BatchCounts, open: ReadonlySet<BatchRecord>): () => Report {
  const toEnd = open.size;
  let first: { at: number; ended: number } | undefined;
  return () => {
    const now = context.now();
    const ended = toEnd - open.size;
    if (ended > 0) first ??= { at: now, ended };
    const shown = SHOWN_STATES.filter((state) => state === "complete" || counts[state] > 0);
    const parts = shown.map((state) => `${state} ${counts[state].toLocaleString("en-US")}`);
    if (open.size > 0 && first && ended > first.ended && now - first.at >= PACE_MS)
      parts.push(`${estimate(((now - first.at) / (ended - first.ended)) * open.size)} left`);
    const isPending = ended === 0 && counts.processing === 0;
    return { phase: isPending ? "pending" : "processing", text: parts.join(" · ") };
  };
}
