import { setImmediate } from "node:timers/promises";

/** A clock that jumps to the next thing that is waited for once nothing else can happen. */
export class SimulatedClock {
  /** Milliseconds since the start, by no clock that anybody can set. */
  elapsed = 0;
  /** What the clock on the wall shows at the start. */
  wall = Date.parse("2026-06-01T12:00:00Z");
  #waiting: { at: number; wake(): void }[] = [];

  now = (): number => this.wall + this.elapsed;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const entry = { at: this.elapsed + ms, wake: resolve };
      this.#waiting.push(entry);
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        resolve();
      };
      signal?.addEventListener("abort", leave, { once: true });
    });

  /** Lets everything happen until the work has ended. */
  async until<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const end = () => {
      ended = true;
    };
    work.then(end, end);
    for (;;) {
      // One turn of the event loop runs every promise that can go on.
      await setImmediate();
      if (ended) return work;
      if (!this.#jump()) throw new Error("Nothing is waited for, and the work has not ended.");
    }
  }

  #jump(): boolean {
    let next = 0;
    for (let index = 1; index < this.#waiting.length; index++)
      if (this.#waiting[index]!.at < this.#waiting[next]!.at) next = index;
    const [entry] = this.#waiting.splice(next, 1);
    if (!entry) return false;
    this.elapsed = Math.max(this.elapsed, entry.at);
    entry.wake();
    return true;
  }
}
