import type { Change } from "../changes.js";
import { hasEnded } from "../jobs.js";
import type { State } from "../state.js";
import type { StoredJob, StoredSource, Volume } from "../stored.js";
import type { Chunk } from "../sync/chunks.js";

/** A job as it was created; its source is one of those that came before, except for an upload. */
export type JobRecord = Pick<
  StoredJob,
  "id" | "sourceId" | "createdAt" | "collection" | "database" | "kind" | "upload"
> & {
  /** The source of an upload, which may split and embed in a way of its own. */
  source?: StoredSource;
};

/** A line of the data file. */
export type Line =
  | ["source", StoredSource]
  | ["source-deleted", string]
  | ["job", JobRecord]
  /** How a job ended. What it wrote counts from here on: the chunks of a job that did not end are read again. */
  | ["ended", string, StoredJob["status"], Volume?]
  | ["chunks", database: string, name: string, Chunk[], job?: string]
  | ["finished", string]
  | ["collection-deleted", database: string, name: string];

const FORMAT = "chroma-sync-emulator data";

/** The first line of a data file. */
export const HEADER = [FORMAT, 1];

/** Whether a record is the first line of a data file that can be read. */
export function isHeader(record: unknown): boolean {
  return Array.isArray(record) && record[0] === FORMAT && record[1] === 1;
}

/** The lines that keep a change. */
export function lineOf(change: Change): Line[] {
  switch (change.type) {
    case "source":
      return [["source", change.source]];
    case "source-deleted":
      return [["source-deleted", change.id]];
    case "job":
      return jobLine(change.job);
    case "chunks": {
      const { database, name } = change.collection;
      return [...chunkLines(database, name, change.chunks, change.job.id)];
    }
    case "finished":
      return [["finished", change.key]];
    case "collection-deleted":
      return [["collection-deleted", change.database, change.name]];
  }
}

/** A job that is processing is not kept as such: it starts again when the emulator does. */
function jobLine(job: StoredJob): Line[] {
  if (job.status === "pending") return [["job", jobRecord(job)]];
  return hasEnded(job) ? [ended(job)] : [];
}

function ended({ id, status, volume }: StoredJob): Line {
  return volume ? ["ended", id, status, volume] : ["ended", id, status];
}

function jobRecord(job: StoredJob): JobRecord {
  const { id, sourceId, createdAt, collection, database, kind, source, upload } = job;
  const own = hasOwnSource(job) ? { source, ...(upload ? { upload } : {}) } : {};
  return { id, sourceId, createdAt, collection, database, kind, ...own };
}

function hasOwnSource({ kind }: StoredJob): boolean {
  return "file_upload" in kind;
}

const CHUNKS_PER_LINE = 100;

/** One line at least: a collection may be empty. */
function* chunkLines(database: string, name: string, chunks: Chunk[], job?: string): Generator<Line> {
  for (let at = 0; at === 0 || at < chunks.length; at += CHUNKS_PER_LINE) {
    const some = chunks.slice(at, at + CHUNKS_PER_LINE);
    yield job === undefined ? ["chunks", database, name, some] : ["chunks", database, name, some, job];
  }
}

/** The lines that make a state anew. */
export function* snapshot(state: State): Generator<Line> {
  const written = new Set<StoredSource>();
  for (const job of state.jobs.values()) {
    if (hasOwnSource(job)) continue;
    // A source that was deleted is still that of its jobs.
    if (!written.has(job.source) && state.sources.get(job.sourceId) !== job.source)
      yield ["source", job.source];
    written.add(job.source);
  }
  for (const source of written) if (!state.sources.has(source.id)) yield ["source-deleted", source.id];
  for (const source of state.sources.values()) yield ["source", source];
  const open = new Set<string>();
  for (const job of state.jobs.values()) {
    yield ["job", jobRecord(job)];
    if (hasEnded(job)) yield ended(job);
    else open.add(job.id);
  }
  for (const { database, name, chunks } of state.collections.values())
    yield* chunkLines(database, name, [...chunks.values()]);
  for (const key of state.finished) yield ["finished", key];
}
