import { ResponseError } from "../../api/index.js";
import { concurrently } from "../concurrently.js";
import type { Context } from "../context.js";
import { cancelIfPending } from "../service/cancel-if-pending.js";
import { Progress } from "./progress.js";

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
      await cancelIfPending(context.client(), id);
      inARow = 0;
      progress.done();
    } catch (error) {
      left.push(id);
      reason = (error as Error).message;
      refused ||= error instanceof ResponseError && error.status === 401;
      inARow++;
      progress.failed();
    }
  };
  const isWanted = () => !refused && inARow < MOST_FAILURES && !context.cancelled.aborted;
  left.push(...(await concurrently(ids, CONCURRENCY, cancel, isWanted)));
  progress.end();
  return left.length === 0 ? undefined : { ids: left, reason, refused };
}
