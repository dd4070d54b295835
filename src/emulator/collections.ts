import { changed } from "./changes.js";
import { advance } from "./jobs.js";
import { notFound, type Reply, type Request } from "./reply.js";
import { collectionKey, type State, type StoredCollection } from "./state.js";

/**
 * `GET` of `/_emulator/collections/NAME`: what the collections of a name hold, of one database or of all.
 * `DELETE` deletes them, as the Chroma API would, so that they can be synced into again.
 */
export function collections(state: State, { method, query }: Request, name: string): Reply {
  for (const job of state.open) advance(state, job);
  const database = query.get("database");
  const found = named(state, name).filter((one) => database === null || one.database === database);
  if (found.length === 0) throw notFound(`no sync has written to a collection ${name}`);
  const isFinished = found.some((one) => state.finished.has(collectionKey(one.database, one.name)));
  if (method === "DELETE") forget(state, found);
  const chunks = found.flatMap((one) => [...one.chunks.values()]);
  return { status: 200, body: { name, metadata: isFinished ? { finished_ingest: true } : {}, chunks } };
}

/** A collection that was deleted in the Chroma server can be synced into again. */
export async function forgetDeleted(
  state: State,
  name: string,
  exists: (name: string) => Promise<boolean>,
): Promise<void> {
  const known = named(state, name);
  if (known.length > 0 && !(await exists(name))) forget(state, known);
}

function named(state: State, name: string): StoredCollection[] {
  return [...state.collections.values()].filter((one) => one.name === name);
}

function forget(state: State, gone: StoredCollection[]): void {
  for (const { database, name } of gone) {
    const key = collectionKey(database, name);
    state.collections.delete(key);
    state.finished.delete(key);
    changed(state, { type: "collection-deleted", database, name });
  }
}
