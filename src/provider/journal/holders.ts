import type { Entries } from "./entries.js";

/** Who an id belongs to, by the journal of this machine. */
export interface Holder {
  /** The entry that holds it. */
  entry: string;
  /** The resource, if its program was seen to hold the id. */
  urn: string | undefined;
  /** Whether a state held it when the journal was written last. */
  isHeld: boolean;
}

/** Which resource has which id, over all entries of the journal. */
export class Holders {
  readonly #entries: Entries;
  /** Entries by the ids that no state was seen to hold. */
  #unheld: Map<string, string> | undefined;
  /** Entries by the ids that were held when one was freed first. */
  #heldIn: Map<string, string> | undefined;

  constructor(entries: Entries) {
    this.#entries = entries;
  }

  /** An entry was given an id. */
  given(id: string, name: string): void {
    this.#waiting().set(id, name);
  }

  /** A state holds the id: what its attempt left behind has served. `urn` is the resource's full URN, if known. */
  held(id: string, urn?: string): void {
    const waiting = this.#waiting();
    const name = waiting.get(id);
    if (name === undefined) return;
    waiting.delete(id);
    this.#entries.note(name, { k: "held", id, ...(urn ? { urn } : {}) });
  }

  /** The same, of an id that the journal may not know, so that no other create adopts it. `urn` names the entry. */
  heldBy(urn: string, id: string, fullUrn: string): void {
    const name = this.#entries.nameOf(urn);
    this.#waiting().delete(id);
    if (this.#entries.read(name).held.has(id)) return;
    this.#entries.note(name, { k: "held", id, urn: fullUrn });
  }

  /** No state holds the id any longer. */
  freed(id: string): void {
    this.#heldIn ??= new Map(
      this.#entries
        .all()
        .flatMap(([name, { held }]) => [...held].map((one): [string, string] => [one, name])),
    );
    const name = this.#heldIn.get(id);
    if (name !== undefined) this.#entries.note(name, { k: "freed", id });
  }

  /** Who each id belongs to, read anew: other processes write too. */
  all(): Map<string, Holder> {
    const holders = new Map<string, Holder>();
    for (const [name, { attempts, held, freed, urn }] of this.#entries.all()) {
      const add = (id: string) =>
        holders.set(id, {
          entry: this.#entries.place(name),
          urn,
          isHeld: held.has(id) && !freed.has(id),
        });
      for (const { ids } of attempts) for (const id of ids.values()) add(id);
      for (const id of held) add(id);
    }
    return holders;
  }

  /** Whether a holder is one of these resources; `urns` are digests. */
  isOneOf({ entry }: Holder, urns: readonly string[]): boolean {
    return urns.some((urn) => this.#entries.place(this.#entries.nameOf(urn)) === entry);
  }

  /** Read once, since this process adds its own. */
  #waiting(): Map<string, string> {
    if (this.#unheld) return this.#unheld;
    this.#unheld = new Map();
    for (const [name, { attempts }] of this.#entries.all())
      for (const { ids, closed } of attempts)
        if (!closed) for (const id of ids.values()) this.#unheld.set(id, name);
    return this.#unheld;
  }
}
