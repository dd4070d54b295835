import type { Host } from "../host.js";

/** A row that changes shows that time passes; a log keeps every line. */
const EVERY_MS = { interactive: 1000, log: 60_000 };

/** What is said of something that takes long. */
export interface Report {
  /** What it is at; in a log, each one gets a line of its own. */
  phase: string;
  text: string;
}

/** Those that run on the same row: only the innermost speaks. */
const running = new Map<string, Heartbeat[]>();

/**
 * Says on a row how far something has come: each second on a terminal, else when its phase changes, once a
 * minute, and at its end.
 */
export class Heartbeat {
  readonly #context: Pick<Host, "isInteractive" | "progress">;
  readonly #urn: string;
  readonly #report: () => Report;
  readonly #timer: NodeJS.Timeout;
  #phase: string;
  #said = "";

  constructor(context: Pick<Host, "isInteractive" | "progress">, urn: string, report: () => Report) {
    this.#context = context;
    this.#urn = urn;
    this.#report = report;
    this.#phase = report().phase;
    running.set(urn, [...(running.get(urn) ?? []), this]);
    const isInteractive = context.isInteractive();
    if (isInteractive) this.#say();
    const every = isInteractive ? EVERY_MS.interactive : EVERY_MS.log;
    // By the machine's own clock, whatever the time of the run is: it is for people to see.
    this.#timer = setInterval(() => this.#say(), every);
    this.#timer.unref();
  }

  /** Something may have changed. */
  changed(): void {
    if (this.#report().phase !== this.#phase) this.#say();
  }

  /** Says how it ended. */
  end(): void {
    if (this.#report().text !== this.#said) this.#say();
    this.stop();
  }

  /** Ends without a word: what comes next says more. */
  stop(): void {
    clearInterval(this.#timer);
    const others = running.get(this.#urn)?.filter((one) => one !== this) ?? [];
    if (others.length > 0) running.set(this.#urn, others);
    else running.delete(this.#urn);
  }

  #say(): void {
    if (running.get(this.#urn)?.at(-1) !== this) return;
    const { phase, text } = this.#report();
    this.#phase = phase;
    this.#said = text;
    this.#context.progress(this.#urn, text);
  }
}
