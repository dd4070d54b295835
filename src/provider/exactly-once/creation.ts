import type { Sightings } from "./sightings.js";

/** Things to create in one place, and how a list tells which of them exist. */
export interface Creation<Item> {
  /** Sends the request of one; resolves with its id. */
  send(item: Item): Promise<string>;
  /** Looks for the ones that may have been accepted. */
  look(items: readonly Item[]): Promise<Sightings<Item>>;
  /** Whether the refusal of one is an answer for all. */
  endsAll?(error: Error): boolean;
  /** Whether an earlier run may have had the same accepted: a 409 may then be the answer to that. */
  wasSentBefore?: boolean;
  /** How many are sent at once, 1 by default. */
  concurrency?: number;
  /** Where to look by hand, for an error. */
  list: string;
  /** What to do if there is something that may be it, as a sentence. */
  advice: string;
}

/** What became of each item. Those of which nothing is said were not sent. */
export interface Results<Item> {
  accepted(item: Item, id: string): void;
  failed(item: Item, error: Error): void;
}

/** An item that may have been accepted, with the failure that says so; undefined if that was in an earlier run. */
export type Doubts<Item> = Map<Item, Error | undefined>;
