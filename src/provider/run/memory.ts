import { dynamicUrns } from "../../model/resource-types.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Journal } from "../journal/journal.js";
import type { Where } from "../service/with-status.js";
import { type Sending, Turns } from "./turns.js";

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
  adoptInvocationId?: unknown;
}

/** What the resources of one run know of each other. */
export interface Memory {
  /** Runs one at a time of those whose invocations a list could mistake for each other. */
  inTurn<T>(sending: Sending, run: () => Promise<T>): Promise<T>;
  /** URNs by which a resource was known before, for those that the program says have others. */
  formerUrns: Map<string, readonly string[]>;
  /** A resource's URN and those by which it was known before. */
  urnsOf(urn: string): readonly string[];
  /** Ids that creates and updates of this process returned, with the resource: deleting never cancels them. */
  createdInRun: Map<string, string>;
  /** Ids that a state was seen to hold, with the resource if it is known. */
  inState: Map<string, string | undefined>;
  /** A state holds this id: its journal entry has served, and nothing else may take it. */
  seenInState(id: string, state: Adopting, urn?: string): void;
  /** No state holds this id any longer. */
  deleted(id: string): void;
  /** Tells whether an id is known to belong to some resource. */
  knownIds(): (id: string) => boolean;
  /** Warns if another resource has an id that is adopted, and names it. */
  warnOfOwner(urn: string, id: string): void;
  /** The inputs that state has of a resource, by its URN, as far as its check was given them. */
  inputsBefore: Map<string, Record<string, unknown>>;
  /** Where this run creates sources, as far as the preview has come. */
  plannedSources: Where[];
  /** Resources of which it was said that their collection is in the way, by URN. */
  conflicts: Set<string>;
  /** Identities of the sources that state was seen to hold. */
  heldSources: Set<string>;
  /** The collection that is in place for each resource that keeps one, by a digest of its URN. */
  collections: Map<string, CollectionInUse>;
  /** A resource of this run declares that it writes to a collection. */
  use(collectionName: unknown): void;
  /** Whether one does. */
  isUsed(collectionName: string): boolean;
}

/** The memory of a run, beside the journal of the machine. */
export function createMemory(journal: () => Journal, warn: (message: string, urn: string) => void): Memory {
  const turns = new Turns();
  const used = new Set<unknown>();
  const memory: Memory = {
    inTurn: (sending, run) => turns.run(sending, run),
    formerUrns: new Map(),
    urnsOf: (urn) => [urn, ...(memory.formerUrns.get(urn) ?? []), ...dynamicUrns(urn)],
    createdInRun: new Map(),
    inState: new Map(),
    seenInState(id, state, urn) {
      memory.inState.set(id, urn ?? memory.inState.get(id));
      if (adopts(state) && urn?.startsWith("urn:")) journal().holders.heldBy(urnDigest(urn), id, urn);
      else journal().holders.held(id, urn?.startsWith("urn:") ? urn : undefined);
    },
    deleted: (id) => journal().holders.freed(id),
    knownIds() {
      const holders = journal().holders.all();
      return (id) => memory.createdInRun.has(id) || memory.inState.has(id) || holders.has(id);
    },
    warnOfOwner(urn, id) {
      const inRun = memory.createdInRun.get(id) ?? memory.inState.get(id);
      const holder = journal().holders.all().get(id);
      const isOwnEntry = holder && journal().holders.isOneOf(holder, memory.urnsOf(urn).map(urnDigest));
      const elsewhere = holder?.isHeld && !isOwnEntry ? (holder.urn ?? "another resource") : undefined;
      const isInRun = inRun !== undefined && urnDigest(inRun) !== urnDigest(urn);
      const named = isInRun && inRun.startsWith("urn:") ? inRun : elsewhere;
      const other = named ?? (isInRun ? "another resource of this stack" : undefined);
      if (other)
        warn(
          `Invocation ${id} is adopted, and ${other} has it too: if that resource is deleted while the invocation is pending, the invocation is cancelled.`,
          urn,
        );
    },
    inputsBefore: new Map(),
    plannedSources: [],
    conflicts: new Set(),
    heldSources: new Set(),
    collections: new Map(),
    use: (collectionName) => void used.add(collectionName),
    isUsed: (collectionName) => used.has(collectionName),
  };
  return memory;
}

function adopts({ provenance, onConflict, adoptInvocationId }: Adopting): boolean {
  return provenance === true || onConflict === "adopt" || adoptInvocationId !== undefined;
}
