import type { UploadedFile } from "./reply.js";
import type { SeedSource } from "./seed.js";
import type { Chunk } from "./sync/chunks.js";

/** How much a sync read and wrote: what the service bills by. */
export interface Volume {
  documents: number;
  /** Bytes of text that were read. */
  bytes: number;
  /** Pages of a web site, and documents that the service bills by the page, one for each here. */
  pages: number;
  chunks: number;
  /** Bytes that were written: texts, metadata and dense vectors. */
  written: number;
}

/** What came of a sync: nothing more to say, or why it failed. */
export interface Outcome {
  error?: string;
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
  /** The source as it was when it was invoked: it may be deleted meanwhile. */
  source: StoredSource;
  /** The file of an upload, until the job has ended. */
  upload?: UploadedFile;
  /** How much it read and wrote, once it has been read. */
  volume?: Volume;
  /** What came of the sync, once it has been read. */
  outcome?: Outcome;
}

/** A collection and its chunks by id. */
export interface StoredCollection {
  database: string;
  name: string;
  chunks: Map<string, Chunk>;
}
