import type { Context } from "../context.js";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

/** Counts what is done, and says so on the resource's row at growing distances, since logs keep every line. */
export class Progress {
  readonly #context: Context;
  readonly #urn: string;
  readonly #doing: string;
  readonly #total: number;
  readonly #begun: number;
  #pause = FIRST_PAUSE_MS;
  #shownAt: number;
  #done = 0;
  #failed = 0;

  constructor(context: Context, urn: string, doing: string, total: number) {
    this.#context = context;
    this.#urn = urn;
    this.#doing = doing;
    this.#total = total;
    this.#begun = context.now();
    this.#shownAt = this.#begun;
  }

  done(): void {
    this.#done++;
    this.#show();
  }

  failed(): void {
    this.#failed++;
    this.#show();
  }

  #show(): void {
    const now = this.#context.now();
    if (now - this.#shownAt < this.#pause) return;
    this.#shownAt = now;
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    const ended = this.#done + this.#failed;
    const rate = (ended / (now - this.#begun)) * 1000;
    const left = Math.ceil((this.#total - ended) / rate);
    const parts = [
      `${this.#doing} ${number(ended)} / ${number(this.#total)}`,
      `${number(Math.round(rate))}/s`,
      ...(this.#failed > 0 ? [`${number(this.#failed)} failed`] : []),
      `about ${number(left)} s left`,
    ];
    this.#context.progress(this.#urn, parts.join(", "));
  }
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
