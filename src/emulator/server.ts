import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { handle } from "./handle.js";
import type { Reply } from "./reply.js";
import type { Seed } from "./seed.js";
import { type Behaviour, createState, type State } from "./state.js";

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Options of {@link startEmulator}. */
export interface EmulatorOptions {
  /** Port on 127.0.0.1; default 0, any free one. */
  port?: number;
  /** The key, or the keys, that are accepted; default `emulator`. */
  token?: string | string[];
  /** Sources, and the folders that stand for buckets and repositories. */
  seed?: Seed;
  /** Milliseconds that an invocation is pending, default 200; Infinity keeps it so. */
  pendingMs?: number;
  /** Milliseconds that it is processing, default 300. */
  processingMs?: number;
  /** The clock, milliseconds since the epoch; default Date.now. */
  now?: () => number;
}

/** A running emulator. */
export interface Emulator {
  /** Its base URL, to be used as `chroma-sync:endpoint`. */
  url: string;
  /** How it behaves; changes take effect at once. */
  behaviour: Behaviour;
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
    tokens: [options.token ?? "emulator"].flat(),
    pendingMs: options.pendingMs ?? 200,
    processingMs: options.processingMs ?? 300,
    now: options.now ?? Date.now,
  };
  const state = createState(options.seed ?? {}, behaviour);
  const requests: string[] = [];
  const server = http.createServer((incoming, outgoing) => {
    serve(state, requests, incoming).then(
      (reply) => send(outgoing, reply),
      (error) => send(outgoing, { status: 500, body: { error: "Internal", message: String(error) } }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behaviour,
    requests,
    jobs: () => handle(state, internal("/_emulator/jobs")).body as ReturnType<Emulator["jobs"]>,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(state: State, requests: string[], incoming: http.IncomingMessage): Promise<Reply> {
  const url = new URL(incoming.url ?? "/", "http://emulator");
  const method = incoming.method ?? "GET";
  requests.push(`${method} ${url.pathname}`);
  const text = await readBody(incoming);
  if (text === undefined) return problem("the body is too large");
  let body: unknown;
  try {
    body = text === "" ? undefined : JSON.parse(text);
    decodeURIComponent(url.pathname);
  } catch {
    return problem("the request is not well-formed");
  }
  const token = incoming.headers["x-chroma-token"];
  return handle(state, {
    method,
    path: url.pathname,
    query: url.searchParams,
    token: token?.toString(),
    body,
  });
}

async function readBody(incoming: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString("utf8");
}

function problem(message: string): Reply {
  return { status: 400, body: { error: "BadRequest", message } };
}

function internal(path: string) {
  return { method: "GET", path, query: new URLSearchParams(), token: undefined, body: undefined };
}

function send(outgoing: http.ServerResponse, reply: Reply): void {
  const text = reply.body === undefined ? "" : JSON.stringify(reply.body);
  outgoing.writeHead(reply.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  outgoing.end(text);
}
