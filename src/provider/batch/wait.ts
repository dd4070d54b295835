import { jobProgress } from "../../api/index.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import { failureOf } from "../service/failure.js";
import { waitSeconds } from "../waiting/settings.js";
import type { BatchInputs } from "./inputs.js";
import { Progress } from "./progress.js";

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
  inputs: Pick<BatchInputs, "sourceId" | "waitForCompletion" | "metadata">,
  records: BatchRecord[],
): Promise<BatchWaited> {
  const settings = typeof inputs.waitForCompletion === "object" ? inputs.waitForCompletion : {};
  const timeoutSeconds = waitSeconds(settings, context);
  const open = new Set(records.filter(({ status }) => !isTerminal(status)));
  const failures: Record<string, string> = {};
  const refusals: string[] = [];
  if (open.size === 0) return { failures };
  const progress = new Progress(context, urn, "complete", open.size);
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
        sourceId: inputs.sourceId.toLowerCase(),
        invocationId: record.invocationId,
        pauseMs: settings.pollIntervalSeconds === undefined ? undefined : settings.pollIntervalSeconds * 1000,
        signal: AbortSignal.any([stop.signal, done.signal]),
        seen(job) {
          const { status } = jobProgress(job);
          record.status = status;
          if (!isTerminal(status)) return;
          if (status === "failed") failures[record.objectKey] = failureOf(job, inputs.metadata) ?? "";
          if (status === "complete") progress.done();
          else progress.failed();
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
