import { ResponseError } from "../../api/index.js";
import { concurrently } from "../concurrently.js";
import type { Context } from "../context.js";
import { Progress } from "./progress.js";

const CANCEL_LIMIT_MS = 10_000;
const CONCURRENCY = 32;
/** After so many failures in a row the others are not tried. */
const MOST_FAILURES = 32;

/** What could not be cancelled, and why. */
export interface Uncancelled {
  ids: string[];
  reason: string;
  /** The key was refused. */
  refused: boolean;
}

/**
 * Cancels invocations that may still be pending, however many they are; undefined if none is left. It ends
 * early once the service refuses the key or fails again and again, or the run is cancelled.
 */
export async function cancelAll(
  context: Context,
  urn: string,
  ids: readonly string[],
): Promise<Uncancelled | undefined> {
  if (ids.length === 0) return undefined;
  const left: string[] = [];
  let reason = "the update was cancelled.";
  let refused = false;
  let inARow = 0;
  const progress = new Progress(context, urn, "cancelled", ids.length);
  const cancel = async (id: string) => {
    try {
      await context.client().cancelInvocation(id, AbortSignal.timeout(CANCEL_LIMIT_MS));
    } catch (error) {
      const status = error instanceof ResponseError ? error.status : undefined;
      if (status !== 404 && status !== 412) {
        left.push(id);
        reason = (error as Error).message;
        refused ||= status === 401;
        inARow++;
        progress.failed();
        return;
      }
    }
    inARow = 0;
    progress.done();
  };
  const isWanted = () => !refused && inARow < MOST_FAILURES && !context.cancelled.aborted;
  left.push(...(await concurrently(ids, CONCURRENCY, cancel, isWanted)));
  progress.end();
  return left.length === 0 ? undefined : { ids: left, reason, refused };
}
