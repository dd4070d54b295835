import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { Feed } from "./control/feed.js";
import { openData } from "./data/open.js";
import { Faults } from "./faults.js";
import { listener } from "./http/listener.js";
import { RequestLog } from "./http/request-log.js";
import { openSpool } from "./http/spool.js";
import { advance, wireJob } from "./jobs.js";
import { behaviourOf, type Emulator, type EmulatorOptions, secured } from "./options.js";
import type { Service } from "./service.js";
import { createState, type State } from "./state.js";
import { ChromaServer } from "./sync/chroma.js";
import { syncContent } from "./sync/content.js";
import { loadParsers } from "./sync/parsers.js";

const CLIENT_TIMEOUT_MS = 30_000;
const TICK_MS = 250;

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
  const { host, token, ...guard } = secured(options);
  const warn = options.warn ?? console.error;
  const service = await createService(options, token, guard, warn);
  const { state, faults, log } = service;
  const server = http.createServer(limitsOf(service.clientTimeoutMs), listener(service));
  try {
    await listen(server, options.port ?? 0, host);
  } catch (error) {
    await closeService(service);
    throw error;
  }
  const stopTicking = startTicking(service, warn);
  const shownHost = host.includes(":") ? `[${host}]` : host;
  const url = `http://${shownHost}:${(server.address() as AddressInfo).port}`;
  const { adminToken } = guard;
  return {
    url,
    consoleUrl: `${url}/${adminToken === undefined ? "" : `#key=${encodeURIComponent(adminToken)}`}`,
    token: [token].flat()[0] ?? "",
    adminToken,
    behaviour: state.behaviour,
    requests: log.lines,
    faults,
    jobs: () =>
      [...state.jobs.values()].map((job) => wireJob(advance(state, job))) as ReturnType<Emulator["jobs"]>,
    async close() {
      stopTicking();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await closeService(service);
    },
  };
}

async function createService(
  options: EmulatorOptions,
  token: string | string[],
  guard: Service["guard"],
  warn: (sentence: string) => void,
): Promise<Service> {
  await loadParsers();
  const chroma = options.chroma === undefined ? undefined : new ChromaServer(options.chroma);
  const state: State = createState(options.seed ?? {}, behaviourOf(options, token), (job) =>
    syncContent(state, job, chroma),
  );
  const data = options.data === undefined ? undefined : await openData(state, options.data, warn);
  const spool = openSpool(state, data);
  const faults = new Faults();
  const log = new RequestLog();
  if (options.onRequest) log.onEnd(options.onRequest);
  const clientTimeoutMs = options.clientTimeoutMs ?? CLIENT_TIMEOUT_MS;
  const feed = new Feed({ state, faults, log, clientTimeoutMs });
  return { state, faults, guard, log, spool, feed, data, chroma, clientTimeoutMs };
}

async function closeService({ data, spool, feed }: Service): Promise<void> {
  feed.close();
  await data?.close();
  await spool.close();
}

/** Clients that never finish their headers, or a body of many small pieces, are cut off. */
function limitsOf(clientTimeoutMs: number): http.ServerOptions {
  return {
    headersTimeout: clientTimeoutMs,
    requestTimeout: clientTimeoutMs * 20,
    connectionsCheckingInterval: Math.min(clientTimeoutMs, 5000),
  };
}

function listen(server: http.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

/** Jobs advance even if no request asks for them. */
function startTicking({ state, data }: Service, warn: (sentence: string) => void): () => void {
  let isBroken = false;
  const timer = setInterval(async () => {
    for (const job of state.open) advance(state, job);
    try {
      await data?.synced();
      isBroken = false;
    } catch (error) {
      if (!isBroken) warn(`the data file cannot be written: ${(error as Error).message}`);
      isBroken = true;
    }
  }, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
