import { digest } from "../../model/digest.js";
import { type Entry, entryOf } from "./attempts.js";
import { type Disk, MemoryDisk } from "./disk.js";
import { SUFFIX } from "./folder.js";
import { type Line, lineText, readLines } from "./lines.js";
import { Writer } from "./writer.js";

/** The name of a resource's entry; `urn` is the digest of its URN. */
export function entryName(scope: string, urn: string): string {
  return digest(`${scope}\n${urn}`, 22) + SUFFIX;
}

/** What was read of an entry. */
interface Lines {
  text: string;
  lines: Line[];
  unreadable: boolean;
}

/** The entries of the journal, on a disk and, if that fails, in memory for as long as the process lives. */
export class Entries {
  readonly #open: (() => Disk) | undefined;
  readonly #scope: string;
  readonly #warn: (message: string) => void;
  readonly #memory = new MemoryDisk();
  readonly #writer: Writer;
  readonly #known = new Map<string, Lines>();
  #disk: Disk | undefined;
  #isTold = false;

  constructor(
    open: (() => Disk) | undefined,
    scope: string,
    sleep: (ms: number) => Promise<void>,
    warn: (message: string) => void,
  ) {
    this.#open = open;
    this.#scope = scope;
    this.#warn = warn;
    this.#writer = new Writer(() => this.#opened(), sleep);
  }

  /** The name of a resource's entry; `urn` is the digest of its URN. */
  nameOf(urn: string): string {
    return entryName(this.#scope, urn);
  }

  /** What to call an entry in a message. */
  place(name: string): string {
    return this.#opened().place(name);
  }

  /** All entries with their names. */
  all(): [string, Entry][] {
    const onDisk = this.#trying(() => this.#opened().names(), []);
    return [...new Set([...onDisk, ...this.#memory.names()])].map((name) => [name, this.read(name)]);
  }

  /** What an entry tells now: other processes write too. */
  read(name: string): Entry {
    return this.#entryOf(name, this.#textOnDisk(name));
  }

  /** Adds a line that is not needed if the machine fails. */
  note(name: string, line: Line): void {
    const text = lineText(line);
    this.#trying(
      () => this.#opened().append(name, text),
      () => this.#memory.append(name, text),
    );
  }

  /** Adds a line that survives the machine. Lines that come within so many milliseconds share a write. */
  async write(name: string, line: Line, withinMs?: number): Promise<void> {
    try {
      await this.#writer.add(name, line, withinMs);
    } catch (error) {
      this.#unusable(error as Error);
      this.#memory.append(name, lineText(line));
    }
  }

  /** Makes an entry ready for a new claim: a line that was cut short must not swallow the next one. */
  prepare(name: string, isServed: (entry: Entry) => boolean): void {
    const onDisk = this.#textOnDisk(name);
    const isTorn = onDisk && !onDisk.endsWith("\n");
    this.#trying(() => {
      if (isServed(this.#entryOf(name, onDisk))) this.#opened().replace(name, undefined);
      else if (isTorn) this.#opened().append(name, "\n");
    }, undefined);
  }

  /** Undefined if it cannot be read. */
  #textOnDisk(name: string): string | undefined {
    return this.#trying(() => this.#opened().read(name) ?? "", undefined);
  }

  #entryOf(name: string, onDisk: string | undefined): Entry {
    const inMemory = this.#opened() === this.#memory ? "" : (this.#memory.read(name) ?? "");
    const { lines, unreadable } = this.#linesOf(name, (onDisk ?? "") + inMemory);
    return entryOf(lines, unreadable || onDisk === undefined);
  }

  /** Lines are only added, and entries are read often: what was read before is not read again. */
  #linesOf(name: string, text: string): Lines {
    const before = this.#known.get(name);
    if (!before?.text.endsWith("\n") || !text.startsWith(before.text)) {
      const read = { text, ...readLines(text) };
      this.#known.set(name, read);
      return read;
    }
    const added = readLines(text.slice(before.text.length));
    for (const line of added.lines) before.lines.push(line);
    before.text = text;
    before.unreadable ||= added.unreadable;
    return before;
  }

  #opened(): Disk {
    if (!this.#open) return this.#memory;
    this.#disk ??= this.#trying(this.#open, this.#memory);
    return this.#disk;
  }

  /** What a disk answers, or what is to be had if it fails. */
  #trying<T>(work: () => T, otherwise: T | (() => T)): T {
    try {
      return work();
    } catch (error) {
      this.#unusable(error as Error);
      return typeof otherwise === "function" ? (otherwise as () => T)() : otherwise;
    }
  }

  #unusable(error: Error): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#warn(
      `The create journal is unavailable (${error.message}): if this run is killed, the next one may start the same invocation again. ` +
        "Set chroma-sync:journal to a writable folder, or to `off`.",
    );
  }
}
