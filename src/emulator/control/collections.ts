import { badRequest, type Reply } from "../reply.js";
import { collectionKey, type State } from "../state.js";
import type { StoredCollection } from "../stored.js";
import type { Chunk } from "../sync/chunks.js";

/** A collection as lists show it. */
export interface ListedCollection {
  database: string;
  name: string;
  chunks: number;
  /** Whether a GitHub or web sync has completed in it. */
  finished: boolean;
}

/** `GET /_emulator/collections`: what syncs have written to, in the order of their first chunks. */
export function listCollections(state: State): ListedCollection[] {
  return [...state.collections.values()].map((one) => listed(state, one));
}

/** A collection as lists show it. */
export function listed(state: State, { database, name, chunks }: StoredCollection): ListedCollection {
  return { database, name, chunks: chunks.size, finished: state.finished.has(collectionKey(database, name)) };
}

/**
 * A part of the chunks of a collection: those that hold the text of `search` in their id, text or metadata, from
 * `offset` on, `limit` of them; `total` is how many there are. Without these parameters, the reply as it is.
 */
export function chunkPage(reply: Reply, query: URLSearchParams): Reply {
  if (!["search", "limit", "offset"].some((name) => query.has(name))) return reply;
  const body = reply.body as { chunks: Chunk[] };
  const search = (query.get("search") ?? "").toLowerCase();
  const found = search === "" ? body.chunks : body.chunks.filter((chunk) => holds(chunk, search));
  const offset = count(query, "offset", 0);
  const chunks = found.slice(offset, offset + count(query, "limit", found.length));
  return { status: reply.status, body: { ...body, total: found.length, chunks } };
}

function holds({ id, document, metadata }: Chunk, search: string): boolean {
  return [id, document, ...Object.entries(metadata).flat()].some((part) =>
    String(part).toLowerCase().includes(search),
  );
}

function count(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`${name} must be a whole number`);
  return Number(text);
}
