import { createHash } from "node:crypto";
import { ChromaSyncClient, type Job, ResponseError, type Source } from "../api/index.js";
import type { CollectionInputs } from "./collection/inputs.js";
import { ConfigError, type ConfigReader, NO_KEY, readConfig, readJournal } from "./config.js";
import { recentListing } from "./exactly-once/conflict.js";
import { backendUrl, journalFolder } from "./journal/folder.js";
import { Journal } from "./journal/journal.js";
import { inTurn } from "./run/keyed-mutex.js";
import { Poller } from "./waiting/poller.js";

/** What the lifecycle functions need of the process that they run in. */
export interface Surroundings {
  /** A line for the user. */
  warn(message: string): void;
  /** A passing line on the row of one resource; it is not repeated at the end of the run. */
  progress(urn: string | undefined, message: string): void;
  /** Lines on the row of one resource, which are shown again at the end of the run. */
  tell(urn: string, message: string): void;
  /** Throws where the engine that asked is gone: nobody would keep what is created. */
  requireEngine(): Promise<void>;
  /** Aborted at the first Ctrl-C, as far as the host tells. */
  cancelled: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
}

/** What the lifecycle functions need from the outside. */
export interface Context extends Surroundings {
  /** The client; throws {@link ConfigError} where no key is configured or the endpoint is bad. */
  client(): Client;
  /** The key; throws {@link ConfigError} where none is configured. */
  apiKey(): string;
  /** Whether a key is configured; throws {@link ConfigError} on a bad endpoint. */
  hasKey(): boolean;
  /** One source, fetched once per process; only that it does not exist is asked again. */
  source(sourceId: string): Promise<Source>;
  /** The same line at most once per process. */
  warnOnce(message: string): void;
  /** The creates of this machine that state may not hold. */
  journal(): Journal;
  /** Who waits for which invocation. */
  poller: Poller;
  /** Runs one at a time of those with the same key. */
  inTurn<T>(key: string, run: () => Promise<T>): Promise<T>;
  /** Ids that creates and updates of this process returned: deleting never cancels them. */
  claimed: Set<string>;
  /** Ids that state was seen to hold. */
  held: Set<string>;
  /** Identities of the sources that state was seen to hold. */
  heldSources: Set<string>;
  /** The collection that is in place for each resource that keeps one, by a digest of its URN. */
  collections: Map<string, CollectionInputs>;
  /** A resource of this run declares that it writes to a collection. */
  use(collectionName: unknown): void;
  /** Whether one does. */
  isUsed(collectionName: string): boolean;
  /** State holds this invocation: its journal entry has served, and nobody may adopt it. */
  settle(id: string, state: Adopting): void;
  /** The engine was answered with this invocation: an orderly end of the run finds it in state. */
  returned(id: string, state: Adopting): void;
  /** Whether an invocation is known to belong to some resource. */
  isTaken(id: string): boolean;
  /** Invocations of a source accepted within so many milliseconds, listed once per process. */
  recent(sourceId: string, windowMs: number): Promise<Job[]>;
}

/** The operations that the provider uses. */
export type Client = Pick<
  ChromaSyncClient,
  | "getSource"
  | "listSources"
  | "sources"
  | "createSource"
  | "deleteSource"
  | "createInvocation"
  | "listInvocations"
  | "invocations"
  | "getInvocation"
  | "cancelInvocation"
  | "clockOffsetMs"
>;

/** The inputs that make a create look for an invocation before it sends one. */
interface Adopting {
  provenance?: unknown;
  onConflict?: unknown;
}

function looksForExisting({ provenance, onConflict }: Adopting): boolean {
  return provenance === true || onConflict === "adopt";
}

/** A context over the real service, configured lazily so that nothing fails before it is needed. */
export function createContext(
  get: ConfigReader,
  surroundings: Surroundings,
  connect: (options: { apiKey: string; endpoint: string }) => Client = (options) =>
    new ChromaSyncClient(options),
): Context {
  let client: Client | undefined;
  let journal: Journal | undefined;
  const told = new Set<string>();
  const sources = new Map<string, Promise<Source>>();
  const used = new Set<unknown>();
  const context: Context = {
    ...surroundings,
    client() {
      if (client) return client;
      client = connect({ apiKey: context.apiKey(), endpoint: readConfig(get).endpoint });
      return client;
    },
    apiKey() {
      const { apiKey } = readConfig(get);
      if (!apiKey) throw new ConfigError(NO_KEY);
      return apiKey;
    },
    hasKey: () => readConfig(get).apiKey !== undefined,
    source(sourceId) {
      const id = sourceId.toLowerCase();
      let found = sources.get(id);
      if (!found) {
        found = context.client().getSource(id);
        sources.set(id, found);
        found.catch((error) => {
          if (error instanceof ResponseError && error.status === 404) sources.delete(id);
        });
      }
      return found;
    },
    warnOnce(message) {
      if (!told.has(message)) surroundings.warn(message);
      told.add(message);
    },
    journal() {
      if (journal) return journal;
      const { place, scope } = readJournal(get);
      journal = new Journal({
        folder: journalFolder(place),
        scope: `${createHash("sha256").update(scope).digest("hex")}\n${backendUrl()}`,
        now: surroundings.now,
        sleep: surroundings.sleep,
        warn: surroundings.warn,
      });
      return journal;
    },
    poller: undefined as unknown as Poller,
    inTurn: inTurn(),
    claimed: new Set(),
    held: new Set(),
    heldSources: new Set(),
    collections: new Map(),
    use: (collectionName) => void used.add(collectionName),
    isUsed: (collectionName) => used.has(collectionName),
    settle(id, state) {
      context.held.add(id);
      context.journal().settle(id, looksForExisting(state));
    },
    returned: (id, state) => context.journal().returned(id, looksForExisting(state)),
    isTaken: (id) => context.claimed.has(id) || context.held.has(id) || context.journal().knows(id),
    recent: undefined as unknown as Context["recent"],
  };
  context.poller = new Poller(context);
  context.recent = recentListing(context);
  return context;
}
