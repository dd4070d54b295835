import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { DataFile } from "../data/open.js";
import { hasEnded } from "../jobs.js";
import type { UploadedFile } from "../reply.js";
import type { State } from "../state.js";

/**
 * The spool of a state: it keeps the files that jobs still need. A file goes once the end of its job is on the
 * disk, or a crash in between would lose it.
 */
export function openSpool(state: State, data: DataFile | undefined): Spool {
  const spool = new Spool(data?.uploads);
  for (const { upload } of state.open) if (upload) spool.keep(upload);
  spool.sweep();
  state.listeners.push((change) => {
    if (change.type !== "job" || !change.job.upload) return;
    const { upload } = change.job;
    if (!hasEnded(change.job)) return spool.keep(upload);
    delete change.job.upload;
    Promise.resolve(data?.synced()).then(
      () => spool.release(upload),
      () => undefined,
    );
  });
  return spool;
}

/** A folder that uploads are streamed into, so that none is ever in memory as a whole. */
export class Spool {
  /** Files of jobs that have not ended. */
  readonly #kept = new Set<string>();
  readonly #removals = new Set<Promise<void>>();
  readonly #fixed: string | undefined;
  #folder: string | undefined;

  /** In a folder that survives a restart, or in one that is removed at the end. */
  constructor(folder?: string) {
    this.#fixed = folder;
    this.#folder = folder;
  }

  /** Writes a stream into a new file; it is on the disk once this resolves. */
  async write(name: string, stream: Readable): Promise<UploadedFile> {
    this.#folder ??= fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-uploads-"));
    fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = path.join(this.#folder, randomUUID());
    const output = fs.createWriteStream(file, { flush: true, mode: 0o600 });
    try {
      await pipeline(stream, output);
      return { name, path: file, size: output.bytesWritten };
    } catch (error) {
      fs.rmSync(file, { force: true });
      throw error;
    }
  }

  /** A job has taken a file: it stays until {@link release}. */
  keep(file: UploadedFile): void {
    this.#kept.add(file.path);
  }

  /** Removes a file whose job has ended. */
  release(file: UploadedFile): void {
    this.#kept.delete(file.path);
    const removal = fs.promises
      .rm(file.path, { force: true })
      .catch(() => undefined)
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  /** Removes what no job has taken of these files. */
  dropUnkept(files: UploadedFile[]): void {
    for (const file of files) if (!this.#kept.has(file.path)) this.release(file);
  }

  /** Removes every file that no job has taken: those of requests that a crash interrupted. */
  sweep(): void {
    if (!this.#folder || !fs.existsSync(this.#folder)) return;
    for (const name of fs.readdirSync(this.#folder)) {
      const file = path.join(this.#folder, name);
      if (!this.#kept.has(file)) fs.rmSync(file, { force: true });
    }
  }

  /** Resolves once every file that is not needed any more is gone. */
  async close(): Promise<void> {
    await Promise.all(this.#removals);
    if (this.#folder && this.#folder !== this.#fixed)
      fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}
