import type { State, StoredCollection, StoredJob, StoredSource } from "./state.js";
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

/** Reports a change to everything that listens. */
export function changed(state: State, change: Change): void {
  for (const listener of state.listeners) listener(change);
}
