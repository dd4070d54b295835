import { indexJob } from "../jobs.js";
import { collectionKey, type State } from "../state.js";
import type { StoredJob, StoredSource } from "../stored.js";
import type { Chunk } from "../sync/chunks.js";
import type { JobRecord, Line } from "./records.js";

/** Brings a state to where the lines of a data file left it. */
export class Replay {
  readonly #state: State;
  /** Sources that were deleted are still those of their jobs. */
  readonly #sources = new Map<string, StoredSource>();
  readonly #jobs = new Map<string, StoredJob>();
  /** What a job wrote, until it has ended. */
  readonly #unended = new Map<string, { database: string; name: string; chunks: Chunk[] }[]>();

  constructor(state: State) {
    this.#state = state;
  }

  apply(line: Line): void {
    switch (line[0]) {
      case "source":
        this.#sources.set(line[1].id, line[1]);
        this.#state.sources.set(line[1].id, line[1]);
        break;
      case "source-deleted":
        this.#state.sources.delete(line[1]);
        break;
      case "job":
        this.#add(line[1]);
        break;
      case "ended":
        this.#end(line[1], line[2], line[3]);
        break;
      case "chunks":
        this.#write(line[1], line[2], line[3], line[4]);
        break;
      case "finished":
        this.#state.finished.add(line[1]);
        break;
      case "collection-deleted":
        this.#delete(line[1], line[2]);
    }
  }

  /** Puts the jobs where the operations find them. Those that have not ended start again. */
  finish(): void {
    for (const job of this.#jobs.values()) indexJob(this.#state, job);
  }

  #add(record: JobRecord): void {
    const source = record.source ?? this.#sources.get(record.sourceId);
    if (source) this.#jobs.set(record.id, { ...record, source, status: "pending" });
  }

  #end(id: string, status: StoredJob["status"], volume: StoredJob["volume"]): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    job.status = status;
    if (volume) job.volume = volume;
    delete job.upload;
    for (const { database, name, chunks } of this.#unended.get(id) ?? []) this.#keep(database, name, chunks);
    this.#unended.delete(id);
  }

  #write(database: string, name: string, chunks: Chunk[], job: string | undefined): void {
    if (job === undefined) this.#keep(database, name, chunks);
    else this.#unended.set(job, [...(this.#unended.get(job) ?? []), { database, name, chunks }]);
  }

  #keep(database: string, name: string, chunks: Chunk[]): void {
    const key = collectionKey(database, name);
    const collection = this.#state.collections.get(key) ?? { database, name, chunks: new Map() };
    this.#state.collections.set(key, collection);
    for (const chunk of chunks) collection.chunks.set(chunk.id, chunk);
  }

  #delete(database: string, name: string): void {
    const key = collectionKey(database, name);
    this.#state.collections.delete(key);
    this.#state.finished.delete(key);
    for (const [job, written] of this.#unended)
      this.#unended.set(
        job,
        written.filter((one) => one.database !== database || one.name !== name),
      );
  }
}
