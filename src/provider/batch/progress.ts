import type { Context } from "../context.js";
import { sizeText } from "../waiting/bytes.js";
import { estimate } from "../waiting/duration.js";
import { Heartbeat } from "../waiting/heartbeat.js";

/** What is done in less time is not worth an estimate. */
const FIRST_ESTIMATE_MS = 2000;

/** Counts what is done of many, and says so on the resource's row. */
export class Progress {
  readonly #context: Context;
  readonly #doing: string;
  readonly #total: number;
  readonly #begun: number;
  readonly #heartbeat: Heartbeat;
  #done = 0;
  #failed = 0;
  #sentBytes = 0;
  #allBytes = 0;

  constructor(context: Context, urn: string, doing: string, total: number) {
    this.#context = context;
    this.#doing = doing;
    this.#total = total;
    this.#begun = context.now();
    this.#heartbeat = new Heartbeat(context, urn, () => ({ phase: doing, text: this.#text() }));
  }

  done(): void {
    this.#done++;
  }

  failed(): void {
    this.#failed++;
  }

  /** So many bytes are to be sent, and so many more have been. */
  bytes(all: number, sent: number): void {
    this.#allBytes += all;
    this.#sentBytes += sent;
  }

  /** Nothing more will be done. */
  end(): void {
    this.#heartbeat.end();
  }

  #text(): string {
    const passed = this.#context.now() - this.#begun;
    const ended = this.#done + this.#failed;
    const perSecond = ended / (Math.max(passed, 1) / 1000);
    const left = this.#total - ended;
    const parts = [
      `${this.#doing} ${number(this.#done)}/${number(this.#total)}`,
      ...(this.#allBytes > 0 ? [`${sizeText(this.#sentBytes)} of ${sizeText(this.#allBytes)}`] : []),
      ...(passed > 0 && ended > 0 ? [`${number(Math.round(perSecond))}/s`] : []),
      ...(this.#failed > 0 ? [`failed ${number(this.#failed)}`] : []),
      ...(left > 0 && ended > 0 && passed >= FIRST_ESTIMATE_MS
        ? [`${estimate((left / perSecond) * 1000)} left`]
        : []),
    ];
    return parts.join(" · ");
  }
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
