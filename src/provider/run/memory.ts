import type { Journal } from "../journal/journal.js";
import { inTurn } from "./keyed-mutex.js";

/** A collection that is in use, and where it is. */
export interface CollectionInUse {
  collectionName: string;
  tenant?: string;
  endpoint?: string;
}

/** The inputs that make a create look for an invocation before it sends one. */
interface Adopting {
  provenance?: unknown;
  onConflict?: unknown;
}

/** What the resources of one run know of each other. */
export interface Memory {
  /** Runs one at a time of those with the same key. */
  inTurn<T>(key: string, run: () => Promise<T>): Promise<T>;
  /** Ids that creates and updates of this process returned: deleting never cancels them. */
  claimed: Set<string>;
  /** Ids that state was seen to hold. */
  held: Set<string>;
  /** Identities of the sources that state was seen to hold. */
  heldSources: Set<string>;
  /** The collection that is in place for each resource that keeps one, by a digest of its URN. */
  collections: Map<string, CollectionInUse>;
  /** A resource of this run declares that it writes to a collection. */
  use(collectionName: unknown): void;
  /** Whether one does. */
  isUsed(collectionName: string): boolean;
  /** State holds this invocation: its journal entry has served, and nobody may adopt it. */
  settle(id: string, state: Adopting): void;
  /** The engine was answered with this invocation: an orderly end of the run finds it in state. */
  returned(id: string, state: Adopting): void;
  /** Whether an invocation is known to belong to some resource. */
  isTaken(id: string): boolean;
}

/** The memory of a run, beside the journal of the machine. */
export function createMemory(journal: () => Journal): Memory {
  const claimed = new Set<string>();
  const held = new Set<string>();
  const used = new Set<unknown>();
  return {
    inTurn: inTurn(),
    claimed,
    held,
    heldSources: new Set(),
    collections: new Map(),
    use: (collectionName) => void used.add(collectionName),
    isUsed: (collectionName) => used.has(collectionName),
    settle(id, state) {
      held.add(id);
      journal().settle(id, looksForExisting(state));
    },
    returned: (id, state) => journal().returned(id, looksForExisting(state)),
    isTaken: (id) => claimed.has(id) || held.has(id) || journal().knows(id),
  };
}

function looksForExisting({ provenance, onConflict }: Adopting): boolean {
  return provenance === true || onConflict === "adopt";
}
