import { setTimeout as sleep } from "node:timers/promises";
import { printable } from "../api/errors.js";
import { ChromaSyncError } from "../api/index.js";
import type { Job } from "./invocations.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const TIMEOUT_MS = 30 * 60_000;
/** Looks in a row that may fail: each GET has been sent several times by then. */
const FAILURES = 5;

/** Options of {@link ChromaSyncClient.waitForInvocation}. */
export interface WaitOptions {
  /** Ends the waiting; the invocation keeps running. */
  signal?: AbortSignal;
  /** How long to wait at most. Default: 30 minutes. */
  timeoutMs?: number;
  /** Longest pause between two looks. Default: 5 seconds; the first pauses are shorter. */
  pollIntervalMs?: number;
  /** Called with the job after each look. */
  onProgress?: (job: Job) => void;
}

/** An invocation ended otherwise than `complete`, or it did not end in time. */
export class InvocationError extends ChromaSyncError {
  override name = "InvocationError";
  /** What the service said last. */
  readonly job: Job | undefined;
  constructor(message: string, job: Job | undefined) {
    super(message, "refused");
    this.job = job;
  }
}

/** Looks until the invocation is complete. */
export async function waitForCompletion(
  id: string,
  look: (signal: AbortSignal) => Promise<Job>,
  { signal, timeoutMs = TIMEOUT_MS, pollIntervalMs = LONGEST_PAUSE_MS, onProgress }: WaitOptions,
): Promise<Job & { status: "complete" }> {
  const timeUp = AbortSignal.timeout(timeoutMs);
  const stop = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
  let job: Job | undefined;
  let failures = 0;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, pollIntervalMs)) {
    try {
      job = await look(stop);
      failures = 0;
    } catch (error) {
      if (!stop.aborted && (!mayPass(error) || ++failures === FAILURES)) throw error;
    }
    if (!stop.aborted && failures === 0 && job) {
      onProgress?.(job);
      if (job.status === "complete") return job;
      if (job.status === "failed")
        throw new InvocationError(`Invocation ${id} failed: ${printable(job.error)}`, job);
      if (job.status === "cancelled") throw new InvocationError(`Invocation ${id} was cancelled.`, job);
    }
    await sleep(Math.min(pause, pollIntervalMs), undefined, { signal: stop }).catch(() => undefined);
    if (signal?.aborted) throw new InvocationError(`The wait for invocation ${id} was aborted.`, job);
    if (timeUp.aborted)
      throw new InvocationError(
        `Invocation ${id} is still ${job?.status ?? "unknown"} after ${timeoutMs / 1000} s, and keeps running.`,
        job,
      );
  }
}

/** Whether a later look may succeed: a refusal stays one. */
function mayPass(error: unknown): boolean {
  return error instanceof ChromaSyncError && error.outcome !== "refused";
}
