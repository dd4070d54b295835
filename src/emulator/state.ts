import { randomUUID } from "node:crypto";
import { type Seed, type SeedSource, seed as seedSchema } from "./seed.js";

/** How the emulated service behaves. Times are in milliseconds. */
export interface Behaviour {
  /** The keys that are accepted. */
  tokens: string[];
  /** How long an invocation is pending; Infinity keeps it so. */
  pendingMs: number;
  /** How long it is processing. */
  processingMs: number;
  /** The clock, milliseconds since the epoch. */
  now: () => number;
}

/** A source as the service returns it. */
export type StoredSource = SeedSource & { created_at: string };

/** An invocation with what decides how it ends. */
export interface StoredJob {
  id: string;
  sourceId: string;
  createdAt: number;
  collection: string;
  database: string;
  kind: Record<string, unknown>;
  status:
    | "pending"
    | "processing"
    | "cancelled"
    | { complete: Record<string, unknown> }
    | { failed: { error: string } };
}

/** Everything the service knows. */
export interface State {
  behaviour: Behaviour;
  sources: Map<string, StoredSource>;
  jobs: Map<string, StoredJob>;
  /** The same by source, oldest first, and those of GitHub and web sources by collection. */
  jobsOfSource: Map<string, StoredJob[]>;
  jobsOfCollection: Map<string, StoredJob[]>;
  /** Names of collections that a GitHub or web sync has finished, by database. */
  finished: Set<string>;
  buckets: Record<string, string>;
  repositories: Record<string, string>;
}

/** The state that a seed describes; throws a ZodError where the seed is malformed. */
export function createState(seed: Seed, behaviour: Behaviour): State {
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
    jobs: new Map(),
    jobsOfSource: new Map(),
    jobsOfCollection: new Map(),
    finished: new Set(),
    buckets: parsed.buckets,
    repositories: parsed.repositories,
  };
}

/** A new id, in the form of the service's. */
export const newId = randomUUID;
