import { costOf } from "../cost.js";
import { statusWord } from "../jobs.js";
import type { State } from "../state.js";
import type { StoredJob } from "../stored.js";

/** How many jobs there are by status, and what those that completed cost together. */
export interface Totals {
  counts: Record<string, number>;
  /** US dollars by the list prices. */
  cost: number;
}

/** Keeps the totals while jobs move, without going through all of them each time. */
export class TotalsOf {
  readonly #state: State;
  readonly #seen = new WeakMap<StoredJob, string>();
  readonly totals: Totals = { counts: {}, cost: 0 };

  constructor(state: State) {
    this.#state = state;
    for (const job of state.jobs.values()) this.note(job);
  }

  /** A job is new, or has moved. */
  note(job: StoredJob): void {
    const { counts } = this.totals;
    const before = this.#seen.get(job);
    const now = statusWord(job);
    if (before === now) return;
    if (before !== undefined) counts[before]!--;
    counts[now] = (counts[now] ?? 0) + 1;
    this.#seen.set(job, now);
    this.totals.cost += costOf(this.#state, job)?.total ?? 0;
  }
}
