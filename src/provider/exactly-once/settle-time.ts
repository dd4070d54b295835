import type { Context } from "../context.js";
import type { Earlier } from "../journal/intent.js";

const LONGEST_PAUSE_MS = 16_000;

/**
 * Pauses that add up to a time, the first of them none: after each it is worth to look. They are counted
 * instead of read from a clock, since clocks are set.
 */
export function* pauses(totalMs: number): Generator<number> {
  yield 0;
  let left = totalMs;
  for (let pause = 1000; left > 0; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    yield Math.min(pause, left);
    left -= pause;
  }
}

/**
 * How long to look for what earlier attempts may have started. Their requests may still be on the way, so
 * the time of a request comes before the settle time; what has passed of both since they began need not be
 * waited for again.
 */
export function settleTimeOf(
  { settleMs, createTimeoutMs }: Pick<Context, "settleMs" | "createTimeoutMs">,
  attempts: readonly Earlier[],
): number {
  const elapsed = Math.min(Number.POSITIVE_INFINITY, ...attempts.map(({ elapsedMs }) => elapsedMs));
  const total = settleMs + createTimeoutMs;
  return Number.isFinite(elapsed) ? Math.max(0, total - elapsed) : total;
}
