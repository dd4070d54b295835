import type { Disk } from "../../../src/provider/journal/disk.js";

/** A disk that processes share. */
export class SimulatedDisk {
  readonly texts = new Map<string, string>();
  readonly #durable = new Map<string, string>();

  /** The disk as one process sees it; nothing of a killed one is written any more. */
  mount(isAlive: () => boolean): Disk {
    const append = (name: string, text: string) => {
      if (isAlive()) this.texts.set(name, (this.texts.get(name) ?? "") + text);
    };
    return {
      read: (name) => this.texts.get(name),
      append,
      appendDurably: async (name, text) => {
        append(name, text);
        if (isAlive()) this.#durable.set(name, this.texts.get(name)!);
      },
      replace: (name, text) => {
        for (const texts of [this.texts, this.#durable])
          if (text === undefined) texts.delete(name);
          else texts.set(name, text);
      },
      names: () => [...this.texts.keys()],
      place: (name) => name,
    };
  }

  /** The machine fails: what was not made durable is gone. */
  crash(): void {
    this.texts.clear();
    for (const [name, text] of this.#durable) this.texts.set(name, text);
  }

  /** Cuts every entry in half, as a bad disk does. */
  tear(): void {
    for (const [name, text] of this.texts) this.texts.set(name, text.slice(0, text.length / 2));
  }
}
