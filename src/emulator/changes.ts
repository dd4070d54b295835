import type { StoredCollection, StoredJob, StoredSource } from "./stored.js";
import type { Chunk } from "./sync/chunks.js";

/** Something that changed in the service, for whatever keeps it on disk or shows it. */
export type Change =
  | { type: "source"; source: StoredSource }
  | { type: "source-deleted"; id: string }
  /** A job that was created, or moved to its next status. */
  | { type: "job"; job: StoredJob }
  | { type: "chunks"; job: StoredJob; collection: StoredCollection; chunks: Chunk[] }
  | { type: "collection-deleted"; database: string; name: string }
  /** A GitHub or web sync has completed: by its key, see `collectionKey`. */
  | { type: "finished"; key: string };

/** Called for every change. */
export type Listener = (change: Change) => void;

/** Reports a change to everything that listens. */
export function changed({ listeners }: { listeners: Listener[] }, change: Change): void {
  for (const listener of listeners) listener(change);
}
