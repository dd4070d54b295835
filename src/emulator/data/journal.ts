import * as fs from "node:fs/promises";
import * as path from "node:path";

/** A file of JSON lines that is only ever appended to. */
export interface Journal {
  append(record: unknown): void;
  /** Resolves once all that was appended so far is on the disk. */
  synced(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a file anew with these records. A crash leaves the old file or the new one, never half of one. */
export async function openJournal(file: string, records: Iterable<unknown>): Promise<Journal> {
  const partial = `${file}.partial`;
  const handle = await fs.open(partial, "w", 0o600);
  try {
    const journal = new FileJournal(handle);
    for (const record of records) await journal.fill(record);
    await journal.synced();
    await fs.rename(partial, file);
    await syncFolder(path.dirname(file));
    return journal;
  } catch (error) {
    await handle.close();
    await fs.rm(partial, { force: true });
    throw error;
  }
}

const FILL_LINES = 10_000;

class FileJournal implements Journal {
  readonly #handle: fs.FileHandle;
  /** Lines that no write has taken yet. */
  #waiting: string[] = [];
  /** Where the next write begins: behind the last bytes that are known to be on the disk. */
  #end = 0;
  #writing: Promise<void> = Promise.resolve();
  /** The write that takes all that waits, once the present one is done. */
  #next: Promise<void> | undefined;

  constructor(handle: fs.FileHandle) {
    this.#handle = handle;
  }

  append(record: unknown): void {
    this.#waiting.push(`${JSON.stringify(record)}\n`);
  }

  /** Appends, and does not let too much wait. */
  async fill(record: unknown): Promise<void> {
    this.append(record);
    if (this.#waiting.length >= FILL_LINES) await this.synced();
  }

  synced(): Promise<void> {
    if (this.#waiting.length === 0) return this.#next ?? this.#writing;
    // One write and one sync for all that comes while the previous write is under way.
    this.#next ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#writing = this.#write();
        return this.#writing;
      });
    return this.#next;
  }

  async close(): Promise<void> {
    try {
      await this.synced();
    } finally {
      await this.#handle.close();
    }
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    const bytes = Buffer.from(lines.join(""));
    try {
      // At a position: what a failed write left behind is written over.
      for (let done = 0; done < bytes.length; )
        done += (await this.#handle.write(bytes, done, bytes.length - done, this.#end + done)).bytesWritten;
      await this.#handle.datasync();
      this.#end += bytes.length;
    } catch (error) {
      this.#waiting = [...lines, ...this.#waiting];
      throw error;
    }
  }
}

/** A rename is on the disk once its folder is. Windows cannot open one. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
