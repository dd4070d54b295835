import { ResponseError, TransportError } from "../../api/index.js";
import type { Context } from "../context.js";

/** A limit of the rate passes; an address where nobody answers is more likely a mistake. */
const LIMIT_MS = { limited: 10 * 60_000, unreachable: 15_000 };
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

/** How long a request that was not processed is sent again, with growing pauses. */
export class Backoff {
  readonly begun: number;
  readonly #context: Context;
  #pause = FIRST_PAUSE_MS;

  constructor(context: Context) {
    this.#context = context;
    this.begun = context.now();
  }

  /** Waits before a request is sent again; false where waiting does not help, takes too long or is cancelled. */
  async wait(error: Error): Promise<boolean> {
    const { now, random, sleep, cancelled } = this.#context;
    if (error instanceof TransportError && !error.isTransient) return false;
    const asked = error instanceof ResponseError ? (error.retryAfterMs ?? 0) : 0;
    const jittered = Math.max(asked, this.#pause) * (1 + random() / 2);
    const limit = error instanceof TransportError ? LIMIT_MS.unreachable : LIMIT_MS.limited;
    if (now() + jittered > this.begun + limit) return false;
    await sleep(jittered, cancelled);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    return !cancelled.aborted;
  }
}
