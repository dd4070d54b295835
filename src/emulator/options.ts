import { randomBytes } from "node:crypto";
import type { Faults } from "./faults.js";
import { isLoopback } from "./http/loopback.js";
import type { LoggedRequest } from "./http/request-log.js";
import type { Seed } from "./seed.js";
import type { Behaviour } from "./state.js";

/** Options of {@link startEmulator}. */
export interface EmulatorOptions {
  /**
   * Address to listen at, default 127.0.0.1. Any other than loopback lets other machines in: then the keys are
   * random unless they are set, and `/_emulator/*` asks for one, too.
   */
  host?: string;
  /** Port; default 0, any free one. */
  port?: number;
  /** The key, or the keys, that are accepted; default `emulator` on loopback, elsewhere a random one. */
  token?: string | string[];
  /** The key, or the keys, of members, who may neither create nor delete sources; default none. */
  memberToken?: string | string[];
  /** The key of `/_emulator/*` and of the console; default none on loopback, elsewhere a random one. */
  adminToken?: string;
  /** Sources, and the folders that stand for buckets and repositories. */
  seed?: Seed;
  /** Milliseconds that an invocation is pending, default 200; Infinity keeps it so. */
  pendingMs?: number;
  /** Milliseconds that it is processing, default 300. */
  processingMs?: number;
  /** Requests under way at once, above which it answers 429; default any number. */
  maxInFlight?: number;
  /** Milliseconds without a byte after which a client that sends or reads is cut off, default 30,000. */
  clientTimeoutMs?: number;
  /** File that keeps the state over a restart; default memory alone. Replies wait until it is on the disk. */
  data?: string;
  /** A Chroma server that chunks are written into as well, by the npm package `chromadb`. */
  chroma?: string;
  /** The clock, milliseconds since the epoch; default Date.now. */
  now?: () => number;
  /** Called once for each request when it has ended. */
  onRequest?: (request: LoggedRequest) => void;
  /** Called with what the user should know but what stops nothing; default prints it to stderr. */
  warn?: (sentence: string) => void;
}

/** A running emulator. */
export interface Emulator {
  /** Its base URL, to be used as `chroma-sync:endpoint`. */
  url: string;
  /** The address of the console, with the key that it needs. */
  consoleUrl: string;
  /** The key that it accepts, the first if there are several. */
  token: string;
  /** The key of `/_emulator/*`, for the header `x-emulator-token`; undefined if it asks for none. */
  adminToken: string | undefined;
  /** How it behaves; changes take effect at once. */
  behaviour: Behaviour;
  /** What goes wrong on purpose; `/_emulator/faults` is the same for other processes. */
  faults: Faults;
  /** The last requests, 10,000 at least, as `METHOD /path`. */
  requests: string[];
  /** The invocations that it accepted, oldest first, as the API returns them. */
  jobs(): { id: string; source_id: string; status: unknown; metadata: Record<string, unknown> }[];
  /** Stops it, open connections included. */
  close(): Promise<void>;
}

/** Where it listens if nothing is said. */
export const DEFAULT_HOST = "127.0.0.1";

/** The options with the defaults that depend on who can reach the emulator. */
export function secured(options: EmulatorOptions) {
  const host = options.host ?? DEFAULT_HOST;
  const onLoopback = isLoopback(host);
  const token = options.token ?? (onLoopback ? "emulator" : randomKey());
  return {
    host,
    onLoopback,
    token,
    adminToken: options.adminToken ?? (onLoopback ? undefined : randomKey()),
  };
}

/** How an emulator with these options behaves. */
export function behaviourOf(options: EmulatorOptions, token: string | string[]): Behaviour {
  const memberTokens = [options.memberToken ?? []].flat();
  return {
    tokens: [token, memberTokens].flat(),
    memberTokens,
    pendingMs: options.pendingMs ?? 200,
    processingMs: options.processingMs ?? 300,
    maxInFlight: options.maxInFlight ?? Number.POSITIVE_INFINITY,
    now: options.now ?? Date.now,
  };
}

function randomKey(): string {
  return randomBytes(18).toString("base64url");
}
