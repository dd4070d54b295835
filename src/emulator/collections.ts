import { changed } from "./changes.js";
import { advance } from "./jobs.js";
import { notFound, type Reply, type Request } from "./reply.js";
import { collectionKey, type State } from "./state.js";
import type { StoredCollection } from "./stored.js";
import type { ChromaServer, Target } from "./sync/chroma.js";

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

/** The collection that a request would write to can be synced into anew if it was deleted in the Chroma server. */
export async function forgetDeleted(
  state: State,
  request: Request,
  chroma: Pick<ChromaServer, "exists">,
): Promise<void> {
  const target = targetOf(state, request);
  const known = target && state.collections.get(collectionKey(target.database, target.name));
  if (known && !(await chroma.exists(target))) forget(state, [known]);
}

/** The collection that a request names, or that its source has for what names none. */
function targetOf(state: State, { path, body, form }: Request): Target | undefined {
  if (form) {
    const { database_name, collection_name } = Object.fromEntries(form);
    return { database: String(database_name), name: String(collection_name) };
  }
  const source = state.sources.get(
    /^\/api\/v1\/sources\/([^/]+)\/invocations$/.exec(path)?.[1]?.toLowerCase() ?? "",
  );
  const named = (body as { target_collection_name?: unknown } | undefined)?.target_collection_name;
  const name = named ?? source?.s3?.collection_name;
  return source && typeof name === "string" ? { database: source.database_name, name } : undefined;
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
