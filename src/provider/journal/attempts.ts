import type { ClaimLine, IntentLine, Line } from "./lines.js";
import type { Uptime } from "./uptime.js";

/** A create of one resource, as far as its entry tells. */
export interface Attempt {
  claim: ClaimLine;
  /** Absent if nothing was sent. */
  intent: IntentLine | undefined;
  /** When a request of it was sent last. */
  sentAt: Uptime | undefined;
  /** Ids that were accepted, by part; "" if there are no parts. */
  ids: Map<string, string>;
  /** Ids of things that existed before. */
  adopted: Set<string>;
  /** Parts that were refused. */
  refused: Set<string>;
  /** What came of it could not be found out, so that no later attempt closes it. */
  left: boolean;
  /** Nothing is left to find out. */
  closed: boolean;
}

/** The part that stands for all parts of a batch once each has an answer. */
export const RUN_MARK = "run";

/** What an entry tells. */
export interface Entry {
  attempts: Attempt[];
  /** Ids that a state holds or held. */
  held: Set<string>;
  /** Ids that no state holds any longer. */
  freed: Set<string>;
  /** Ids of attempts of which the rest cannot be read. */
  unattributed: Set<string>;
  /** The resource, if a line names it. */
  urn: string | undefined;
  /** Something in it cannot be read. */
  unreadable: boolean;
}

/** Puts the lines of an entry together. */
export function entryOf(lines: Line[], unreadable: boolean): Entry {
  const entry: Entry = {
    attempts: [],
    held: new Set(),
    freed: new Set(),
    unattributed: new Set(),
    urn: undefined,
    unreadable,
  };
  const named = new Map<string, Attempt>();
  for (const line of lines)
    if (line.k === "held") hold(entry, line.id, line.urn);
    else if (line.k === "freed") entry.freed.add(line.id);
    else if (line.k === "claim") {
      const attempt: Attempt = {
        claim: line,
        intent: undefined,
        sentAt: undefined,
        ids: new Map(),
        adopted: new Set(),
        refused: new Set(),
        left: false,
        closed: false,
      };
      named.set(line.n, attempt);
      entry.attempts.push(attempt);
    } else {
      const attempt = named.get(line.n);
      // Its claim is what could not be read.
      if (!attempt) {
        entry.unreadable = true;
        if (line.k === "id") entry.unattributed.add(line.id);
      } else if (line.k === "intent") attempt.intent = line;
      else if (line.k === "send") attempt.sentAt = line.up;
      else if (line.k === "end" && line.part !== undefined) attempt.refused.add(line.part);
      else if (line.k === "end") attempt.closed = true;
      else if (line.k === "left") attempt.left = true;
      else {
        attempt.ids.set(line.part ?? "", line.id);
        if (line.adopted) attempt.adopted.add(line.id);
      }
    }
  for (const { intent, ids } of entry.attempts)
    if (!intent) for (const id of ids.values()) entry.unattributed.add(id);
  for (const id of entry.held) entry.unattributed.delete(id);
  return entry;
}

/** Whatever came of earlier attempts was reported before this one could be held, or they are left. */
function hold(entry: Entry, id: string, urn: string | undefined): void {
  entry.held.add(id);
  entry.freed.delete(id);
  entry.urn = urn ?? entry.urn;
  const last = entry.attempts.findLastIndex(({ ids }) => ids.get("") === id || ids.get(RUN_MARK) === id);
  for (const attempt of entry.attempts.slice(0, last + 1)) attempt.closed ||= !attempt.left;
}

/** Whether all of what an attempt asked for has an id. */
export function isAnswered({ ids }: Attempt): boolean {
  return ids.has("") || ids.has(RUN_MARK);
}
