import type { Readable } from "node:stream";
import type { z } from "zod";

/** Where and how to reach the service. Times are in milliseconds. */
export interface TransportOptions {
  /** Base URL, default https://sync.trychroma.com. */
  endpoint?: string;
  /** The Chroma Cloud API key, sent as `x-chroma-token` and nowhere else. */
  apiKey: string;
  /** To open a connection, default 10,000. */
  connectTimeoutMs?: number;
  /** For a request and its whole answer, retries included, default 60,000. */
  requestTimeoutMs?: number;
  /** The same for a request that creates: it is better to wait for a late answer than not to know. Default 120,000. */
  createTimeoutMs?: number;
  /** Open connections at most, default 64. */
  connections?: number;
  /** How often a GET is sent again, default 4. */
  retries?: number;
}

/** The address of the service unless the configuration names another. */
export const DEFAULT_ENDPOINT = "https://sync.trychroma.com";

/** A request, and what its reply must be. */
export interface Call<T> {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** A body that is streamed instead, with its own content type among the headers. */
  stream?: Readable;
  headers?: Record<string, string>;
  /** The reply is any text, not JSON. */
  text?: boolean;
  /** It changes nothing, so that it is sent again like a GET. */
  reads?: boolean;
  /** It creates something, so that its answer is waited for longer. */
  creates?: boolean;
  /** Milliseconds for all of it, if it is not an ordinary request. */
  timeoutMs?: number;
  /** What to do about a status, if it means something else than for other requests. */
  advice?: Record<number, string>;
  reply: z.ZodType<T>;
  signal?: AbortSignal | undefined;
}
