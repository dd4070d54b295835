import * as fs from "node:fs";
import {
  appends,
  collectionKey,
  type State,
  type StoredCollection,
  type StoredJob,
  type StoredSource,
} from "./state.js";
import type { Chunk } from "./sync/chunks.js";

const WRITE_AFTER_MS = 50;

interface Data {
  sources: StoredSource[];
  jobs: (Omit<StoredJob, "upload"> & { upload?: string })[];
  finished: string[];
  collections: (Omit<StoredCollection, "chunks"> & { chunks: Chunk[] })[];
}

/** Fills the state from a file, and keeps the file up to date. */
export function openData(state: State, file: string): { changed(): void; close(): void } {
  if (fs.existsSync(file)) restore(state, JSON.parse(fs.readFileSync(file, "utf8")));
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    // Renamed into place: a crash leaves the old state or the new, and never half of one.
    const partial = `${file}.partial`;
    fs.writeFileSync(partial, JSON.stringify(snapshot(state)), { mode: 0o600 });
    fs.renameSync(partial, file);
  };
  return {
    changed() {
      timer ??= setTimeout(write, WRITE_AFTER_MS);
    },
    close() {
      clearTimeout(timer);
      write();
    },
  };
}

function snapshot(state: State): Data {
  return {
    sources: [...state.sources.values()],
    jobs: [...state.jobs.values()].map(({ upload, ...job }) =>
      upload ? { ...job, upload: upload.toString("base64") } : job,
    ),
    finished: [...state.finished],
    collections: [...state.collections.values()].map((one) => ({ ...one, chunks: [...one.chunks.values()] })),
  };
}

function restore(state: State, data: Data): void {
  for (const source of data.sources) state.sources.set(source.id, source);
  for (const { upload, outcome: _read, ...kept } of data.jobs) {
    const job: StoredJob = upload ? { ...kept, upload: Buffer.from(upload, "base64") } : kept;
    // What was being read when it stopped is read again.
    if (job.status === "processing") job.status = "pending";
    indexJob(state, job);
  }
  for (const key of data.finished) state.finished.add(key);
  for (const one of data.collections)
    state.collections.set(collectionKey(one.database, one.name), {
      ...one,
      chunks: new Map(one.chunks.map((chunk) => [chunk.id, chunk])),
    });
}

/** Puts a job where every operation looks for it. */
export function indexJob(state: State, job: StoredJob): void {
  state.jobs.set(job.id, job);
  if (job.status === "pending" || job.status === "processing") state.open.add(job);
  append(state.jobsOfSource, job.sourceId, job);
  if (!appends(job.source)) append(state.jobsOfCollection, collectionKey(job.database, job.collection), job);
}

function append(index: Map<string, StoredJob[]>, key: string, job: StoredJob): void {
  const jobs = index.get(key);
  if (jobs) jobs.push(job);
  else index.set(key, [job]);
}
