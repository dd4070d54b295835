import { changed } from "../changes.js";
import { collectionKey, type State } from "../state.js";
import type { Outcome, StoredJob } from "../stored.js";
import type { ChromaServer } from "./chroma.js";
import { type Chunk, chunksOf, type Document, type Splitting } from "./chunks.js";
import { SyncError } from "./failure.js";
import { readObject, readUpload } from "./object.js";
import { readRepository } from "./repository.js";
import { readSite } from "./site.js";
import { volumeOf } from "./volume.js";

// The key of sparse vectors for which none is given; not documented.
const SPARSE_KEY = "sparse_embedding";

type Kind = {
  s3?: { bucket_name: string; object_key: string; custom_id: string | null; additional_metadata: Added };
  github?: { git_ref_identifier: { sha?: string; branch?: string } | null };
  file_upload?: { filename: string; custom_id: string | null; additional_metadata: Added };
};
type Added = Record<string, unknown> | null;

/**
 * Reads what a job is to sync, splits it and keeps the chunks in the collection. At once, except where
 * pages are crawled or another place is written to.
 */
export function syncContent(
  state: State,
  job: StoredJob,
  chroma?: Pick<ChromaServer, "write">,
): Outcome | Promise<Outcome> {
  const { source } = job;
  const kind = job.kind as Kind;
  const splitting: Splitting = source.chunking ?? {};
  const own = kind.s3 ?? kind.file_upload;
  const keep = (documents: Document[]): Outcome | Promise<Outcome> => {
    const added = Object.entries(own?.additional_metadata ?? {}).filter(([, value]) => value !== null);
    const chunks = documents.flatMap((document) =>
      chunksOf(document, splitting, own?.custom_id ?? undefined, Object.fromEntries(added)),
    );
    const finishes = own === undefined;
    const stored = store(state, job, chunks, finishes);
    job.volume = volumeOf(kind, documents, stored);
    if (!chroma) return {};
    const target = { database: job.database, name: job.collection };
    const sparse = source.embedding?.sparse;
    const sparseKey = sparse ? (sparse.key ?? SPARSE_KEY) : undefined;
    return chroma.write(target, { chunks: stored, finishes, sparseKey }).then(() => ({}), failed);
  };
  try {
    if (kind.s3)
      return keep([readObject(state.buckets[kind.s3.bucket_name], kind.s3.bucket_name, kind.s3.object_key)]);
    if (kind.file_upload) return keep([readUpload(kind.file_upload.filename, job.upload?.path)]);
    if (kind.github) {
      const { repository } = source.github!;
      return keep(
        readRepository(
          state.repositories[repository],
          repository,
          kind.github.git_ref_identifier,
          source.github?.include_globs,
        ),
      );
    }
    return source.web_scrape ? readSite(source.web_scrape).then(keep).catch(failed) : {};
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Outcome {
  return {
    error: error instanceof SyncError ? error.message : `could not be written: ${(error as Error).message}`,
  };
}

/** S3 and uploads add to a collection forever; GitHub and web write each chunk once. */
function store(state: State, job: StoredJob, chunks: Chunk[], finishes: boolean): Chunk[] {
  const key = collectionKey(job.database, job.collection);
  const collection = state.collections.get(key) ?? {
    database: job.database,
    name: job.collection,
    chunks: new Map(),
  };
  state.collections.set(key, collection);
  const stored = chunks.map((chunk) => {
    // A key that is synced again adds a copy, and no two chunks have one id.
    let id = chunk.id;
    for (let copy = 1; !finishes && collection.chunks.has(id); copy++) id = `${chunk.id}-${copy}`;
    const own = { ...chunk, id };
    collection.chunks.set(id, own);
    return own;
  });
  changed(state, { type: "chunks", job, collection, chunks: stored });
  return stored;
}
