import type { Attempt } from "./attempts.js";
import { digestWith, PART_LENGTH } from "./lines.js";
import { elapsedBetween, type Uptime } from "./uptime.js";

/** That requests are being sent is noted so often. */
export const SEND_NOTED_MS = 5000;

/** What a create is about to ask for. */
export interface Asked {
  /** One text for everything whose change asks for another sync. */
  inputs: string;
  /** One text for what a list shows of it; absent for a batch. */
  echo?: string;
  /** One text for the account and the service. */
  account: string;
  /** Id of the source; empty for the creation of a source. */
  sourceId: string;
}

/** An attempt of an earlier run, or of an earlier call of this one, of which something is not known. */
export interface Earlier {
  /** Whether it asked for the same. */
  isSame: boolean;
  /** Whether it was sent to the same account and service. */
  isSameAccount: boolean;
  sourceId: string;
  /** Ids that were listed before it was sent; undefined if no list could be had. */
  mark: ReadonlySet<string> | undefined;
  /** Milliseconds since it sent a request; at least so many have passed. */
  elapsedMs: number;
  /** Ids that it was given, by part; "" if there are no parts. */
  ids: ReadonlyMap<string, string>;
  /** Those of them that existed before. */
  adopted: ReadonlySet<string>;
  /** Whether a list shows this text of what it asked for. */
  showsAs(echo: string): boolean;
  /** Whether it asked for a part of a batch and was not refused it. */
  asked(part: string): boolean;
  /** Whether it asked for parts that are not among these, and of which no id is known. */
  askedForMore(parts: readonly string[]): boolean;
  /** Keeps an id that turned out to be its own. */
  commit(id: string): Promise<void>;
  /** Whether what came of it could not be found out when a later attempt succeeded. */
  isLeft: boolean;
  /** What came of it could not be found out now. */
  leave(): Promise<void>;
  /** Nothing more is to be found out of it. */
  close(): void;
}

/** A create under way. */
export interface Intent {
  /** What earlier attempts may have left, the oldest first. */
  earlier: readonly Earlier[];
  /** An entry that cannot be read, if there is one. */
  unreadable: string | undefined;
  /** Ids of entries that cannot be read otherwise. */
  unattributed(): ReadonlySet<string>;
  /** The earlier attempts as they are now: another process may still get its answer. */
  reread(): readonly Earlier[];
  /** Says what is about to be sent. Nothing may be sent before this resolves. */
  open(mark: ReadonlySet<string> | undefined, parts?: readonly string[]): Promise<void>;
  /** A request is being sent. */
  sending(): void;
  /** Keeps an id until state is seen to hold it. */
  commit(id: string, part?: string, adopted?: true): Promise<void>;
  /** Nothing came of a part. */
  refuse(part: string): Promise<void>;
  /** Nothing was created. */
  close(): void;
}

/** An attempt of an entry as whoever asks now sees it. */
export function earlierOf(
  attempt: Attempt,
  asked: Asked,
  now: Uptime,
  write: Pick<Earlier, "commit" | "leave" | "close">,
): Earlier {
  const { intent, ids, adopted, refused } = attempt;
  const salt = intent?.salt ?? "";
  let all: Set<string> | undefined;
  const parts = () => {
    if (all) return all;
    all = partsOf(intent?.parts ?? "");
    for (const part of refused) all.delete(part.slice(0, PART_LENGTH));
    return all;
  };
  return {
    isSame: intent?.inputs === digestWith(salt, asked.inputs),
    isSameAccount: intent?.account === digestWith(salt, asked.account),
    sourceId: intent?.source ?? asked.sourceId,
    mark: intent?.mark && new Set(intent.mark),
    elapsedMs: Math.max(0, elapsedBetween(attempt.sentAt, now) - SEND_NOTED_MS),
    ids,
    adopted,
    isLeft: attempt.left,
    showsAs: (echo) => intent?.echo === digestWith(salt, echo),
    asked: (part) => parts().has(part.slice(0, PART_LENGTH)),
    askedForMore(others) {
      const known = new Set([...ids.keys(), ...others].map((part) => part.slice(0, PART_LENGTH)));
      return [...parts()].some((part) => !known.has(part));
    },
    ...write,
  };
}

function partsOf(text: string): Set<string> {
  const parts = new Set<string>();
  for (let at = 0; at < text.length; at += PART_LENGTH) parts.add(text.slice(at, at + PART_LENGTH));
  return parts;
}
