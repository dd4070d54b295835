import { ResponseError } from "../api/index.js";
import type { Context } from "./context.js";
import type { InvocationState } from "./inputs.js";
import { isTerminal, withJob } from "./state.js";

const DEFAULT_TIMEOUT_SECONDS = 30 * 60;
const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 10_000;

/** The end of a wait: the last state read, and why it is not a success where it is not. */
export interface Waited {
  state: InvocationState;
  problem?: string;
}

/** Reads the invocation until it is complete, failed, cancelled, unknown to the service, or the deadline has passed. */
export async function waitForEnd(context: Context, start: InvocationState): Promise<Waited> {
  const settings = typeof start.waitForCompletion === "object" ? start.waitForCompletion : {};
  const timeoutSeconds = settings.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  const deadline = context.now() + timeoutSeconds * 1000;
  const fixed = settings.pollIntervalSeconds === undefined ? undefined : settings.pollIntervalSeconds * 1000;
  let pause = fixed ?? FIRST_POLL_MS;
  let state = start;
  for (;;) {
    try {
      state = withJob(state, await context.client().getInvocation(state.invocationId));
    } catch (error) {
      const gone = error instanceof ResponseError && error.outcome === "refused";
      // The job runs on whatever a poll says; only an answer that will not change ends the wait early.
      if (gone || context.now() >= deadline) return { state, problem: (error as Error).message };
    }
    if (isTerminal(state.status)) return { state, ...ended(state) };
    const left = deadline - context.now();
    if (left <= 0) return { state, problem: timedOut(state, timeoutSeconds) };
    await context.sleep(Math.min(pause, left));
    pause = fixed ?? Math.min(pause * 1.5, LONGEST_POLL_MS);
  }
}

function ended(state: InvocationState): { problem?: string } {
  if (state.status === "complete") return {};
  if (state.status === "cancelled")
    return {
      problem: `Invocation ${state.invocationId} was cancelled. To sync again, change triggers or replace the resource.`,
    };
  return {
    problem:
      `Invocation ${state.invocationId} failed: ${state.error}. The service has already retried; ` +
      "mend the cause, then change triggers or replace the resource to sync again.",
  };
}

function timedOut(state: InvocationState, timeoutSeconds: number): string {
  return (
    `Invocation ${state.invocationId} is still ${state.status} after ${timeoutSeconds} s. It goes on in the service; ` +
    "the next `pulumi up` waits again (waitForCompletion.timeoutSeconds sets the limit)."
  );
}
