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

/** Characters that are written at once: a string has a limit, and so should memory. */
const WRITE_CHARACTERS = 16 * 1024 * 1024;

class FileJournal implements Journal {
  readonly #handle: fs.FileHandle;
  /** Lines that no write has taken yet. */
  #waiting: string[] = [];
  #characters = 0;
  /** Where the next write begins: behind the last bytes that are known to be on the disk. */
  #end = 0;
  #writing: Promise<void> = Promise.resolve();
  /** The write that takes all that waits, once the present one is done. */
  #next: Promise<void> | undefined;

  constructor(handle: fs.FileHandle) {
    this.#handle = handle;
  }

  append(record: unknown): void {
    const line = `${JSON.stringify(record)}\n`;
    this.#characters += line.length;
    this.#waiting.push(line);
  }

  /** Appends, and does not let too much wait. */
  async fill(record: unknown): Promise<void> {
    this.append(record);
    if (this.#characters >= WRITE_CHARACTERS) await this.synced();
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
    this.#characters = 0;
    let end = this.#end;
    try {
      for (const text of joined(lines)) end = await this.#writeAt(Buffer.from(text), end);
      await this.#handle.datasync();
      this.#end = end;
    } catch (error) {
      this.#waiting = [...lines, ...this.#waiting];
      throw error;
    }
  }

  /** At a position: what a failed write left behind is written over. */
  async #writeAt(bytes: Buffer, position: number): Promise<number> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
    return position + bytes.length;
  }
}

function* joined(lines: string[]): Generator<string> {
  let first = 0;
  let characters = 0;
  for (const [index, line] of lines.entries()) {
    characters += line.length;
    if (characters < WRITE_CHARACTERS) continue;
    yield lines.slice(first, index + 1).join("");
    first = index + 1;
    characters = 0;
  }
  yield lines.slice(first).join("");
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
