/** Where entries are kept. */
export interface Disk {
  /**
   * The text of an entry; undefined if there is none.
   *
   * @throws Error if there is something that cannot be read as one.
   */
  read(name: string): string | undefined;
  /** Adds to an entry, for all processes to read. It survives this process, but maybe not the machine. */
  append(name: string, text: string): void;
  /** The same; once this resolves, it and what was added before survive the machine. */
  appendDurably(name: string, text: string): Promise<void>;
  /** Puts a text in the place of an entry, or removes it; a reader sees the old or the new one. */
  replace(name: string, text: string | undefined): void;
  /** The names of all entries. */
  names(): string[];
  /** What to call an entry in a message. */
  place(name: string): string;
}

/** Keeps entries as long as the process lives. */
export class MemoryDisk implements Disk {
  readonly #texts = new Map<string, string>();

  read(name: string): string | undefined {
    return this.#texts.get(name);
  }

  append(name: string, text: string): void {
    this.#texts.set(name, (this.#texts.get(name) ?? "") + text);
  }

  async appendDurably(name: string, text: string): Promise<void> {
    this.append(name, text);
  }

  replace(name: string, text: string | undefined): void {
    if (text === undefined) this.#texts.delete(name);
    else this.#texts.set(name, text);
  }

  names(): string[] {
    return [...this.#texts.keys()];
  }

  place(name: string): string {
    return `entry ${name} of this run`;
  }
}
