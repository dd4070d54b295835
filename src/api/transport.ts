import { Agent, type Dispatcher, interceptors, request } from "undici";
import { z } from "zod";
import { type Call, DEFAULT_ENDPOINT, type TransportOptions } from "./call.js";
import { ANOTHER_SERVER, printable, responseError, transportError, UnexpectedReplyError } from "./errors.js";
import { withoutSecrets } from "./redact.js";

const REQUEST_TIMEOUT_MS = 60_000;
const CREATE_TIMEOUT_MS = 120_000;
/** A page of a list has 100 elements of some kilobytes. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024;

interface Answer {
  status: number;
  text: string;
  retryAfterMs: number | undefined;
}

/** `Retry-After` is a number of seconds or a date. */
function pauseOf(header: string): number | undefined {
  const pause = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(pause) ? undefined : Math.max(0, pause);
}

const NEWER_SERVICE =
  "The service answered with something that this version of pulumi-chroma-sync does not understand. Update the package.";

/** Whether a reply that could not be parsed is nothing like one of the service: not JSON, or without an id. */
function isForeign(cause: unknown): boolean {
  if (!(cause instanceof z.ZodError)) return true;
  return cause.issues.some(
    ({ path, code }) => path.length === 0 || (path[0] === "id" && code === "invalid_type"),
  );
}

/** The time for a request is up. */
class TimeoutError extends Error {
  override name = "TimeoutError";
  readonly code = "ETIMEDOUT";
  constructor(timeoutMs: number) {
    super(`no complete answer within ${timeoutMs / 1000} s`);
  }
}

/** Sends requests to one endpoint with one key, over one pool of kept-alive connections. */
export class Transport {
  readonly #dispatcher: Dispatcher;
  readonly #endpoint: string;
  readonly #apiKey: string;
  readonly #requestTimeoutMs: number;
  readonly #createTimeoutMs: number;
  /** Clock of the service less the local one at the last answer; up to a second too small, never too large. */
  clockOffsetMs = 0;

  constructor(options: TransportOptions) {
    this.#endpoint = (options.endpoint ?? DEFAULT_ENDPOINT).replace(/\/+$/, "");
    this.#apiKey = options.apiKey;
    this.#requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
    this.#createTimeoutMs = options.createTimeoutMs ?? CREATE_TIMEOUT_MS;
    this.#dispatcher = new Agent({
      connect: { timeout: options.connectTimeoutMs ?? 10_000 },
      // One deadline covers all: one for each piece lets an answer drip forever.
      headersTimeout: 0,
      bodyTimeout: 0,
      connections: options.connections ?? 64,
      maxResponseSize: MAX_REPLY_BYTES,
    }).compose(
      // Only GETs: whether a POST may be sent again depends on what it creates.
      interceptors.retry({
        methods: ["GET"],
        maxRetries: options.retries ?? 4,
        minTimeout: 250,
        maxTimeout: 10_000,
        throwOnError: false,
      }),
    );
  }

  /** Sends one request and reads its reply; every failure is a {@link ChromaSyncError}. */
  async send<T>(call: Call<T>): Promise<T> {
    const url = new URL(this.#endpoint + call.path);
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const tried = `${call.method} ${url.origin}${url.pathname}`;
    const { status, text, retryAfterMs } = await this.#exchange(call, url, tried);
    const shown = () => withoutSecrets(text, this.#apiKey, call.body);
    if (status >= 300) throw responseError(tried, status, shown(), retryAfterMs, call.advice);
    try {
      return call.reply.parse(text === "" || call.text ? undefined : JSON.parse(text));
    } catch (cause) {
      const what = isForeign(cause) ? ANOTHER_SERVER : NEWER_SERVICE;
      throw new UnexpectedReplyError(
        `${what} (${tried} returned ${status}, but not what the API document describes: ${printable(shown(), 200)})`,
        "ambiguous",
        // What JSON.parse says quotes the text.
        cause instanceof SyntaxError ? {} : { cause },
      );
    }
  }

  async #exchange(call: Call<unknown>, url: URL, tried: string): Promise<Answer> {
    const timeoutMs = call.timeoutMs ?? (call.creates ? this.#createTimeoutMs : this.#requestTimeoutMs);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new TimeoutError(timeoutMs)), timeoutMs);
    const isRead = call.method === "GET" || call.reads;
    try {
      const answer = await request(url, {
        method: call.method,
        dispatcher: this.#dispatcher,
        ...(call.reads ? { retryOptions: { methods: [call.method] } } : {}),
        // A read that hangs is sent again while there is time.
        ...(isRead ? { headersTimeout: timeoutMs / 3, bodyTimeout: timeoutMs / 3 } : {}),
        signal: call.signal ? AbortSignal.any([call.signal, deadline.signal]) : deadline.signal,
        headers: {
          accept: "application/json",
          "x-chroma-token": this.#apiKey,
          // What a proxy remembers does not show what was just accepted.
          ...(isRead ? { "cache-control": "no-cache" } : {}),
          ...(call.body === undefined ? {} : { "content-type": "application/json" }),
          ...call.headers,
        },
        body: call.stream ?? (call.body === undefined ? null : JSON.stringify(call.body)),
      });
      const { date, "retry-after": retryAfter } = answer.headers;
      const serverTime = Date.parse(String(date));
      if (!Number.isNaN(serverTime)) this.clockOffsetMs = serverTime - Date.now();
      return {
        status: answer.statusCode,
        text: await answer.body.text(),
        retryAfterMs: retryAfter === undefined ? undefined : pauseOf(String(retryAfter)),
      };
    } catch (cause) {
      throw transportError(tried, cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the pool after the requests under way. */
  close(): Promise<void> {
    return this.#dispatcher.close();
  }
}
