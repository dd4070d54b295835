import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { handle } from "./handle.js";
import type { Reply, Request } from "./reply.js";
import type { Seed } from "./seed.js";
import { type Behaviour, createState, type State } from "./state.js";

// An upload of 200 MiB, and its fields.
const MAX_BODY_BYTES = 201 * 1024 * 1024;

/** Options of {@link startEmulator}. */
export interface EmulatorOptions {
  /** Port on 127.0.0.1; default 0, any free one. */
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
    tokens: [options.token ?? "emulator", options.memberToken ?? []].flat(),
    memberTokens: [options.memberToken ?? []].flat(),
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
  const bytes = await readBody(incoming);
  if (bytes === undefined) return problem("the body is too large");
  let body: unknown;
  let form: Request["form"];
  const type = incoming.headers["content-type"] ?? "";
  try {
    if (type.startsWith("multipart/form-data")) form = await formParts(bytes, type);
    else if (bytes.length > 0) body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    decodeURIComponent(url.pathname);
  } catch {
    return problem("the request is not well-formed");
  }
  const token = incoming.headers["x-chroma-token"];
  const length = incoming.headers["x-upload-content-length"];
  return handle(state, {
    method,
    path: url.pathname,
    query: url.searchParams,
    token: token?.toString(),
    body,
    ...(form ? { form } : {}),
    ...(length === undefined ? {} : { uploadLength: Number(length) }),
  });
}

/** The parts of a multipart body, in their order. */
async function formParts(bytes: Buffer, type: string): Promise<NonNullable<Request["form"]>> {
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const parts: NonNullable<Request["form"]> = [];
  for (const [name, value] of form)
    parts.push([
      name,
      typeof value === "string"
        ? value
        : { name: value.name, content: Buffer.from(await value.arrayBuffer()) },
    ]);
  return parts;
}

async function readBody(incoming: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function problem(message: string): Reply {
  return { status: 400, body: { error: "BadRequest", message } };
}

function internal(path: string) {
  return { method: "GET", path, query: new URLSearchParams(), token: undefined, body: undefined };
}

function send(outgoing: http.ServerResponse, reply: Reply): void {
  const text = reply.body === undefined ? "" : JSON.stringify(reply.body);
  const length = { "content-length": Buffer.byteLength(text) };
  outgoing.writeHead(reply.status, text === "" ? {} : { "content-type": "application/json", ...length });
  outgoing.end(text);
}
