import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { answer, send } from "./answer.js";
import { forgetDeleted } from "./collections.js";
import { openData } from "./data.js";
import { type Fault, Faults } from "./faults.js";
import { handle, operationOf } from "./handle.js";
import { advance } from "./jobs.js";
import { receive } from "./receive.js";
import { Refusal, type Reply } from "./reply.js";
import type { Seed } from "./seed.js";
import { type Behaviour, createState } from "./state.js";
import { ChromaServer } from "./sync/chroma.js";
import { syncContent } from "./sync/content.js";
import { loadParsers } from "./sync/parsers.js";

/** Options of {@link startEmulator}. */
export interface EmulatorOptions {
  /** Address to listen at, default 127.0.0.1. Another one lets others in: the key is the only lock. */
  host?: string;
  /** Port; default 0, any free one. */
  port?: number;
  /** The key, or the keys, that are accepted; default `emulator`. */
  token?: string | string[];
  /** The key, or the keys, of members, who may neither create nor delete sources; default none. */
  memberToken?: string | string[];
  /** Sources, and the folders that stand for buckets and repositories. */
  seed?: Seed;
  /** Milliseconds that an invocation is pending, default 200; Infinity keeps it so. */
  pendingMs?: number;
  /** Milliseconds that it is processing, default 300. */
  processingMs?: number;
  /** Requests under way at once, above which it answers 429; default any number. */
  maxInFlight?: number;
  /** File that keeps the state over a restart, written as a whole; default memory alone. */
  data?: string;
  /** A Chroma server that chunks are written into as well, by the npm package `chromadb`. */
  chroma?: string;
  /** The clock, milliseconds since the epoch; default Date.now. */
  now?: () => number;
}

/** A running emulator. */
export interface Emulator {
  /** Its base URL, to be used as `chroma-sync:endpoint`. */
  url: string;
  /** How it behaves; changes take effect at once. */
  behaviour: Behaviour;
  /** What goes wrong on purpose; `/_emulator/faults` is the same for other processes. */
  faults: Faults;
  /** Every request so far, as `METHOD /path`. */
  requests: string[];
  /** The invocations that it accepted, oldest first, as the API returns them. */
  jobs(): { id: string; source_id: string; status: unknown; metadata: Record<string, unknown> }[];
  /** Stops it, open connections included. */
  close(): Promise<void>;
}

/**
 * Starts the Sync service on loopback, over real folders and git checkouts, with no account.
 *
 * @example
 * ```ts
 * import { startEmulator } from "pulumi-chroma-sync/emulator";
 *
 * const emulator = await startEmulator({ token: "local", seed: { buckets: { docs: "./docs" } } });
 * console.log(emulator.url);
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const behaviour: Behaviour = {
    tokens: [options.token ?? "emulator", options.memberToken ?? []].flat(),
    memberTokens: [options.memberToken ?? []].flat(),
    pendingMs: options.pendingMs ?? 200,
    processingMs: options.processingMs ?? 300,
    maxInFlight: options.maxInFlight ?? Number.POSITIVE_INFINITY,
    now: options.now ?? Date.now,
  };
  await loadParsers();
  const state = createState(options.seed ?? {}, behaviour);
  const data = options.data === undefined ? undefined : openData(state, options.data);
  const chroma = options.chroma === undefined ? undefined : new ChromaServer(options.chroma);
  if (chroma) state.sync = (job) => syncContent(state, job, chroma);
  const requests: string[] = [];
  const faults = new Faults();
  let inFlight = 0;
  const server = http.createServer(async (incoming, outgoing) => {
    inFlight++;
    outgoing.once("close", () => inFlight--);
    // A client that goes away, or a connection that a fault has ended, is no error here.
    outgoing.on("error", () => undefined);
    try {
      const url = new URL(incoming.url ?? "/", "http://emulator");
      requests.push(`${incoming.method} ${url.pathname}`);
      if (url.pathname.startsWith("/_emulator/faults"))
        return send(outgoing, await steer(faults, incoming, url));
      const operation = operationOf(incoming.method ?? "GET", url.pathname);
      if (operation && inFlight > behaviour.maxInFlight) return send(outgoing, TOO_MANY);
      const request = await receive(incoming, url);
      if (chroma) await forgetDeleted(state, request, chroma);
      await answer(outgoing, operation ? faults.take(operation) : undefined, () => handle(state, request));
      data?.changed();
    } catch (error) {
      send(outgoing, error instanceof Refusal ? error.reply : internalError(error));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  // Jobs move on also where nobody looks.
  const ticking = setInterval(() => {
    for (const job of state.open) advance(state, job);
  }, TICK_MS);
  ticking.unref();
  const host = options.host?.includes(":") ? `[${options.host}]` : (options.host ?? "127.0.0.1");
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    behaviour,
    requests,
    faults,
    jobs: () => handle(state, internal("/_emulator/jobs")).body as ReturnType<Emulator["jobs"]>,
    close: () =>
      new Promise((resolve) => {
        clearInterval(ticking);
        data?.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const TICK_MS = 250;
const TOO_MANY = new Refusal(429, "TooManyRequests", "too many requests in flight").reply;

/** `GET`, `POST` and `DELETE` of `/_emulator/faults`: what goes wrong, one fault more, none any more. */
async function steer(faults: Faults, incoming: http.IncomingMessage, url: URL): Promise<Reply> {
  const { body, method } = await receive(incoming, url);
  if (method === "POST") faults.add(body as Fault);
  if (method === "DELETE") faults.clear();
  return { status: 200, body: faults.list() };
}

function internalError(error: unknown): Reply {
  return new Refusal(500, "Internal", String(error)).reply;
}

function internal(path: string) {
  return { method: "GET", path, query: new URLSearchParams(), token: undefined, body: undefined };
}
