import type * as http from "node:http";

/** A request as the log and the console show it. */
export interface LoggedRequest {
  id: number;
  /** When it came, milliseconds since the epoch. */
  at: number;
  method: string;
  path: string;
  /** Absent while it is under way. */
  status?: number;
  ms?: number;
  /** The kind of the fault that hit it. */
  fault?: string;
}

const MAX_LINES = 20_000;
const MAX_RECENT = 200;
const MAX_PATH = 500;

/** The last requests. However many come and however long their paths are, it takes about 10 MB at most. */
export class RequestLog {
  /** `METHOD /path`, oldest first. */
  readonly lines: string[] = [];
  readonly #recent: LoggedRequest[] = [];
  readonly #ended: ((request: LoggedRequest) => void)[] = [];
  #count = 0;

  /** Notes a request that has come, and how it ends. */
  note(incoming: http.IncomingMessage, outgoing: http.ServerResponse, path: string): LoggedRequest {
    const begun = performance.now();
    const method = incoming.method ?? "GET";
    const shown = path.length > MAX_PATH ? `${copyOf(path, MAX_PATH)}…` : path;
    const request: LoggedRequest = { id: ++this.#count, at: Date.now(), method, path: shown };
    if (this.lines.length >= MAX_LINES) this.lines.splice(0, MAX_LINES / 2);
    this.lines.push(`${method} ${shown}`);
    outgoing.once("close", () => {
      if (outgoing.headersSent) request.status = outgoing.statusCode;
      request.ms = performance.now() - begun;
      for (const listener of this.#ended) listener(request);
    });
    return request;
  }

  /** Keeps a request among those that the console shows. */
  show(request: LoggedRequest): void {
    this.#recent.push(request);
    if (this.#recent.length > MAX_RECENT) this.#recent.shift();
  }

  /** The last requests that are shown, oldest first. */
  recent(): LoggedRequest[] {
    return this.#recent;
  }

  onEnd(listener: (request: LoggedRequest) => void): void {
    this.#ended.push(listener);
  }
}

/** A slice of a string keeps the whole of it in memory; a copy does not. */
function copyOf(text: string, length: number): string {
  return Buffer.from(text.slice(0, length)).toString();
}
