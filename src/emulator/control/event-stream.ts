import type * as http from "node:http";

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
};

/**
 * Server-sent events to one client. For a client that reads too slowly nothing piles up: it is sent the whole
 * state anew once it has caught up, and is cut off if it does not.
 */
export class EventStream {
  readonly #outgoing: http.ServerResponse;
  readonly #snapshot: () => string;
  readonly #patienceMs: number;
  #isBehind = false;
  #hasMissed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(outgoing: http.ServerResponse, patienceMs: number, snapshot: () => string) {
    this.#outgoing = outgoing;
    this.#patienceMs = patienceMs;
    this.#snapshot = snapshot;
    // It is idle for as long as nothing changes.
    outgoing.socket?.setTimeout(0);
    outgoing.writeHead(200, HEADERS);
    outgoing.once("close", () => clearTimeout(this.#timer));
    this.send("state", snapshot());
  }

  send(event: string, data: string): void {
    if (this.#isBehind) this.#hasMissed = true;
    else if (!this.#outgoing.destroyed && !this.#outgoing.write(`event: ${event}\ndata: ${data}\n\n`))
      this.#waitUntilRead();
  }

  /** Keeps the connection open through whatever is in between. */
  comment(): void {
    if (!this.#isBehind) this.#outgoing.write(":\n\n");
  }

  #waitUntilRead(): void {
    this.#isBehind = true;
    this.#timer = setTimeout(() => this.#outgoing.destroy(), this.#patienceMs).unref();
    this.#outgoing.once("drain", () => {
      clearTimeout(this.#timer);
      const hasMissed = this.#hasMissed;
      this.#isBehind = this.#hasMissed = false;
      if (hasMissed) this.send("state", this.#snapshot());
    });
  }
}
