import { type Job, ResponseError } from "../../api/index.js";
import type { Host } from "../host.js";
import { listQuery, type Place } from "../service/place.js";
import type { Service } from "../service/service.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const PAGE = 100;

/** What the poller needs of the outside. */
type Outside = Pick<Service, "client"> & Pick<Host, "now" | "sleep" | "random">;

/** Somebody who waits for an invocation. */
export interface Waiter {
  sourceId: Place;
  invocationId: string;
  /** Milliseconds between two looks; undefined for 0.5 s, growing to 10 s. */
  pauseMs: number | undefined;
  /** Ends the waiting. */
  signal: AbortSignal;
  /** Called for each look that found the invocation. */
  seen(job: Job): void;
  /** Called for an answer that waiting does not change: the key, or an invocation that is not known. */
  refused(error: ResponseError): void;
}

interface Watched extends Waiter {
  pause: number;
  dueAt: number;
  seenAt: number;
}

/**
 * Looks for all waiters of a source at once: one request for one waiter, else pages of the source's list,
 * and single requests for those that the pages did not show. At most waiters / 100 + 2 requests a tick.
 */
export class Poller {
  readonly #context: Outside;
  readonly #sources = new Map<string, Set<Watched>>();
  #wake = new Map<string, AbortController>();

  constructor(context: Outside) {
    this.#context = context;
  }

  /** Looks at once, and again until the waiter's signal. */
  watch(waiter: Waiter): void {
    const watched = { ...waiter, pause: waiter.pauseMs ?? FIRST_PAUSE_MS, dueAt: 0, seenAt: 0 };
    const others = this.#sources.get(waiter.sourceId);
    if (others) {
      others.add(watched);
      this.#wake.get(waiter.sourceId)?.abort();
    } else {
      const waiters = new Set([watched]);
      this.#sources.set(waiter.sourceId, waiters);
      // Starts after the others that begin in the same turn.
      this.#context.sleep(0).then(() => this.#run(waiter.sourceId, waiters));
    }
    waiter.signal.addEventListener("abort", () => this.#wake.get(waiter.sourceId)?.abort(), { once: true });
  }

  async #run(sourceId: string, waiters: Set<Watched>): Promise<void> {
    for (;;) {
      for (const waiter of waiters) if (waiter.signal.aborted) waiters.delete(waiter);
      if (waiters.size === 0) break;
      const now = this.#context.now();
      const dueAt = Math.min(...[...waiters].map((waiter) => waiter.dueAt));
      if (dueAt > now) {
        const wake = new AbortController();
        this.#wake.set(sourceId, wake);
        await this.#context.sleep(dueAt - now, wake.signal);
        continue;
      }
      await this.#tick(sourceId, [...waiters]);
      this.#schedule(waiters);
    }
    this.#sources.delete(sourceId);
    this.#wake.delete(sourceId);
  }

  #schedule(waiters: Set<Watched>): void {
    const now = this.#context.now();
    for (const waiter of waiters) {
      waiter.dueAt = now + waiter.pause * (0.9 + this.#context.random() * 0.2);
      if (waiter.pauseMs === undefined) waiter.pause = Math.min(waiter.pause * 1.5, LONGEST_PAUSE_MS);
    }
  }

  async #tick(sourceId: string, waiters: Watched[]): Promise<void> {
    const missing = new Map(waiters.map((waiter) => [waiter.invocationId, waiter]));
    const budget = Math.floor(waiters.length / PAGE) + 2;
    const sent = waiters.length > 1 ? await this.#lookInList(sourceId, missing, budget - 1) : 0;
    // The one that was not seen for longest comes first, so that all have their turn.
    const single = [...missing.values()].sort((a, b) => a.seenAt - b.seenAt).slice(0, budget - sent);
    await Promise.all(single.map((waiter) => this.#lookAt(waiter)));
  }

  async #lookInList(sourceId: string, missing: Map<string, Watched>, pages: number): Promise<number> {
    for (let page = 0; page < pages; page++) {
      const query = { ...listQuery(sourceId), limit: PAGE, offset: page * PAGE };
      // A source that was deleted has no list any more, and its invocations keep running.
      const jobs = await this.#context
        .client()
        .listInvocations(query)
        .catch(() => []);
      for (const job of jobs) this.#tell(missing, job);
      if (missing.size === 0 || jobs.length < PAGE) return page + 1;
    }
    return pages;
  }

  #tell(missing: Map<string, Watched>, job: Job): void {
    const waiter = missing.get(job.id);
    if (!waiter) return;
    missing.delete(job.id);
    waiter.seenAt = this.#context.now();
    waiter.seen(job);
  }

  async #lookAt(waiter: Watched): Promise<void> {
    waiter.seenAt = this.#context.now();
    try {
      waiter.seen(await this.#context.client().getInvocation(waiter.invocationId));
    } catch (error) {
      // The job runs on whatever a look says; only an answer that stays the same ends the wait early.
      if (error instanceof ResponseError && error.outcome === "refused") waiter.refused(error);
    }
  }
}
