import { randomUUID } from "node:crypto";
import type { Listener } from "./changes.js";
import { type Seed, seed as seedSchema } from "./seed.js";
import type { Outcome, StoredCollection, StoredJob, StoredSource } from "./stored.js";

/** How the emulated service behaves. Times are in milliseconds. */
export interface Behaviour {
  /** The keys that are accepted. */
  tokens: string[];
  /** Those of the keys that are of members, who may neither create nor delete sources. */
  memberTokens: string[];
  /** How long an invocation is pending; Infinity keeps it so. */
  pendingMs: number;
  /** How long it is processing. */
  processingMs: number;
  /** Requests under way at once, above which it answers 429. */
  maxInFlight: number;
  /** The clock, milliseconds since the epoch. */
  now: () => number;
}

/** Everything the service knows. */
export interface State {
  behaviour: Behaviour;
  sources: Map<string, StoredSource>;
  /** Databases that exist; undefined if every name does. */
  databases: Set<string> | undefined;
  jobs: Map<string, StoredJob>;
  /** The same by source, oldest first, and those of GitHub and web sources by collection. */
  jobsOfSource: Map<string, StoredJob[]>;
  jobsOfCollection: Map<string, StoredJob[]>;
  /** Names of collections that a GitHub or web sync has finished, by database. */
  finished: Set<string>;
  collections: Map<string, StoredCollection>;
  /** Jobs that have not ended. */
  open: Set<StoredJob>;
  /** Reads what a job is to sync, now or later. */
  sync(job: StoredJob): Outcome | Promise<Outcome>;
  buckets: Record<string, string>;
  repositories: Record<string, string>;
  /** Called for every change. */
  listeners: Listener[];
}

/** The state that a seed describes; throws a ZodError if the seed is malformed. */
export function createState(seed: Seed, behaviour: Behaviour, sync: State["sync"]): State {
  const parsed = seedSchema.parse(seed);
  const createdAt = new Date(behaviour.now()).toISOString();
  const sources = parsed.sources.map((source) => ({
    ...source,
    id: source.id.toLowerCase(),
    created_at: createdAt,
  }));
  return {
    behaviour,
    sources: new Map(sources.map((source) => [source.id, source])),
    databases: parsed.databases && new Set(parsed.databases),
    jobs: new Map(),
    jobsOfSource: new Map(),
    jobsOfCollection: new Map(),
    finished: new Set(),
    buckets: byName(parsed.buckets),
    repositories: byName(parsed.repositories),
    listeners: [],
    collections: new Map(),
    open: new Set(),
    sync,
  };
}

/** Without a prototype: a bucket may be named `__proto__` or `constructor`. */
function byName(folders: Record<string, string>): Record<string, string> {
  return Object.assign(Object.create(null), folders);
}

/** A collection is known by its name within its database. */
export function collectionKey(database: string, collection: string): string {
  return JSON.stringify([database, collection]);
}

/** A new id, in the form of the service's. */
export const newId = randomUUID;

/** Whether syncs of this source add to one collection forever, so that none can mark it as finished. */
export function appends(source: StoredSource): boolean {
  return source.s3 !== undefined || source.file_upload !== undefined;
}
