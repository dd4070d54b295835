import type { Disk } from "./disk.js";
import { type Line, lineText } from "./lines.js";

/** Adds lines durably, those of one entry in their order and as many as possible in one write. */
export class Writer {
  readonly #disk: () => Disk;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #queues = new Map<string, { lines: string[]; written: Promise<void> }>();

  constructor(disk: () => Disk, sleep: (ms: number) => Promise<void>) {
    this.#disk = disk;
    this.#sleep = sleep;
  }

  /** Adds a line. Lines that come within so many milliseconds share a write. */
  add(name: string, line: Line, withinMs = 0): Promise<void> {
    const waiting = this.#queues.get(name);
    if (waiting && waiting.lines.length > 0) {
      waiting.lines.push(lineText(line));
      return waiting.written;
    }
    const queue = { lines: [lineText(line)], written: Promise.resolve() };
    const before = waiting?.written.catch(() => undefined) ?? Promise.resolve();
    queue.written = before.then(async () => {
      if (withinMs > 0) await this.#sleep(withinMs);
      const text = queue.lines.join("");
      queue.lines = [];
      await this.#disk().appendDurably(name, text);
    });
    this.#queues.set(name, queue);
    return queue.written;
  }
}
