import { ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { InitFailureError } from "../init-failure.js";
import { placeOf } from "../service/place.js";
import { elapsed } from "../waiting/duration.js";
import { Heartbeat } from "../waiting/heartbeat.js";
import { endsWait, type WaitSettings, waitSeconds, waitSettings, waits } from "../waiting/settings.js";
import { type Seen, withJob } from "./state.js";

/** Creates that the engine runs at once by default, on two cores; a wait keeps one of the places. */
const USUAL_PLACES = 8;

/** What a wait needs of a state. */
type Waiting = Seen & {
  sourceId?: string;
  databaseName?: string;
  metadata?: Record<string, unknown>;
  waitForCompletion?: boolean | WaitSettings;
  retryFailed?: boolean;
};

/** The end of a wait: the last state read, and why it is not a success, if it is not. */
interface Waited<State> {
  state: State;
  problem?: string;
  /** Only the time was up: the invocation keeps running. */
  late?: true;
  /** The sync itself failed, or was cancelled. */
  failed?: true;
}

/** Waits if the inputs ask for it; a wait that fails keeps the id in state. */
export async function finish<State extends Waiting>(
  context: Context,
  urn: string,
  state: State,
): Promise<State> {
  context.createdInRun.set(state.invocationId, urn);
  if (!waits(state)) return state;
  const end = await waitForEnd(context, urn, state).catch(
    (error: Error): Waited<State> => ({
      state,
      problem: error.message,
    }),
  );
  const { onTimeout, onFailure } = waitSettings(state);
  const isWarning = (end.late && onTimeout === "warn") || (end.failed && onFailure === "warn");
  if (end.problem && !isWarning) throw new InitFailureError(state.invocationId, end.state, [end.problem]);
  if (end.problem) context.warn(end.problem);
  return end.state;
}

let waiting = 0;

/** Looks until the invocation is complete, failed, cancelled or unknown to the service, the time is up, or the run is cancelled. */
async function waitForEnd<State extends Waiting>(
  context: Context,
  urn: string,
  start: State,
): Promise<Waited<State>> {
  if (++waiting > USUAL_PLACES)
    context.warnOnce(
      `More than ${USUAL_PLACES} invocations are being waited for at once, and each occupies one of the engine's parallel slots: raise --parallel, or declare S3 objects as one ChromaSyncInvocationBatch.`,
    );
  const done = new AbortController();
  try {
    return await new Promise<Waited<State>>((resolve) => look(context, urn, start, done.signal, resolve));
  } finally {
    waiting--;
    done.abort();
  }
}

function look<State extends Waiting>(
  context: Context,
  urn: string,
  start: State,
  signal: AbortSignal,
  ended: (waited: Waited<State>) => void,
): void {
  const settings = waitSettings(start);
  const timeoutSeconds = waitSeconds(settings, context);
  const begun = context.now();
  let state = start;
  const heartbeat = new Heartbeat(context, urn, () => ({
    phase: state.status,
    text: `${state.status} · ${elapsed(context.now() - begun)}`,
  }));
  const end = (waited: Waited<State>) => {
    heartbeat.end();
    ended(waited);
  };
  const seen = (job: Parameters<typeof withJob>[1]) => {
    state = withJob(state, job);
    heartbeat.changed();
    if (endsWait(settings, state.status)) end({ state, ...endOf(state) });
  };
  context.poller.watch({
    sourceId: placeOf(state),
    invocationId: state.invocationId,
    pauseMs: settings.pollIntervalSeconds === undefined ? undefined : settings.pollIntervalSeconds * 1000,
    signal,
    seen,
    refused: (error) => end({ state, problem: error.message }),
  });
  context.sleep(timeoutSeconds * 1000, signal).then(async () => {
    if (signal.aborted) return;
    try {
      seen(await context.client().getInvocation(state.invocationId));
    } catch (error) {
      if (error instanceof ResponseError) return end({ state, problem: error.message });
    }
    end({ state, problem: timedOut(state, timeoutSeconds), late: true });
  });
  const stop = () => end({ state, problem: interrupted(state) });
  if (context.cancelled.aborted) stop();
  context.cancelled.addEventListener("abort", stop, { signal });
}

function endOf(state: Waiting): Pick<Waited<Waiting>, "problem" | "failed"> {
  if (state.status === "cancelled")
    return {
      failed: true,
      problem: `Invocation ${state.invocationId} was cancelled. To sync again, ${again(state)}.`,
    };
  if (state.status !== "failed") return {};
  return {
    failed: true,
    problem:
      `Invocation ${state.invocationId} failed: ${state.error}. The service has already retried; ` +
      `fix the cause, then ${again(state)}.`,
  };
}

/** What starts another sync after this one has failed. */
function again({ retryFailed }: Waiting): string {
  return retryFailed
    ? "run `pulumi up` again"
    : "change triggers, set retryFailed: true or replace the resource";
}

function timedOut(state: Waiting, timeoutSeconds: number): string {
  return (
    `Invocation ${state.invocationId} is still ${state.status} after ${timeoutSeconds} s. It keeps running in the service; ` +
    "the next `pulumi up` waits again (waitForCompletion.timeoutSeconds sets the limit)."
  );
}

function interrupted(state: Waiting): string {
  return `The wait for invocation ${state.invocationId} was cancelled at ${state.status}. It keeps running in the service; the next \`pulumi up\` waits again.`;
}
