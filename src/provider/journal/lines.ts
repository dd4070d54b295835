import { createHmac, randomBytes } from "node:crypto";
import { digest } from "../../model/digest.js";
import type { Owner } from "./owner.js";
import type { Uptime } from "./uptime.js";

/** A create that a process has begun. Nothing is sent before its intent follows. */
export interface ClaimLine {
  k: "claim";
  /** Names the attempt in the lines that follow. */
  n: string;
  /** Milliseconds since the epoch by the local clock; only old, finished attempts are dropped by it. */
  at: number;
  owner: Owner;
}

/** What an attempt is about to send, as digests that another run with the same inputs makes again. */
export interface IntentLine {
  k: "intent";
  n: string;
  /** Key of the digests of this line, so that equal inputs do not show in two entries. */
  salt: string;
  /** Digest of everything whose change asks for another sync. */
  inputs: string;
  /** Digest of what a list will show of it; absent for a batch. */
  echo?: string;
  /** Digest of the account and the service that it is sent to. */
  account: string;
  /** Id of the source that it is sent to; empty for the creation of a source. */
  source: string;
  /** The newest ids that were listed before; absent if no list could be had. */
  mark?: string[];
  /** Digests of the parts of a batch, each of {@link PART_LENGTH} characters. */
  parts?: string;
}

/** A request of an attempt is being sent. */
export interface SendLine {
  k: "send";
  n: string;
  up: Uptime;
}

/** An id that was accepted. */
export interface IdLine {
  k: "id";
  n: string;
  id: string;
  part?: string;
  /** It existed before, and belongs to somebody else. */
  adopted?: true;
}

/** Nothing came of an attempt or of one part of it, or what came of it was reported. */
export interface EndLine {
  k: "end";
  n: string;
  part?: string;
}

/** What came of an attempt could not be found out, whatever is held of later ones. */
export interface LeftLine {
  k: "left";
  n: string;
}

/** A state holds an id: the attempts up to it have served. */
export interface HeldLine {
  k: "held";
  id: string;
  /** The resource that holds it, if whoever wrote this knows its name. */
  urn?: string;
}

/** No state holds an id any longer. */
export interface FreedLine {
  k: "freed";
  id: string;
}

/** One line of an entry. */
export type Line = ClaimLine | IntentLine | SendLine | IdLine | EndLine | LeftLine | HeldLine | FreedLine;

/** Length of the digest of a part. */
export const PART_LENGTH = 8;

const KINDS = new Set(["claim", "intent", "send", "id", "end", "left", "held", "freed"]);
const SUM_LENGTH = 8;

/** A line as text, with a checksum before it. */
export function lineText(line: Line): string {
  const text = JSON.stringify(line);
  return `${sumOf(text)} ${text}\n`;
}

/** The lines of an entry. One that was cut short or changed says nothing, but is not passed over in silence. */
export function readLines(text: string): { lines: Line[]; unreadable: boolean } {
  const lines: Line[] = [];
  let unreadable = false;
  for (const raw of text.split("\n")) {
    if (raw === "") continue;
    const line = readLine(raw);
    if (line) lines.push(line);
    else unreadable = true;
  }
  return { lines, unreadable: unreadable || (text !== "" && !text.endsWith("\n")) };
}

function readLine(raw: string): Line | undefined {
  const text = raw.slice(SUM_LENGTH + 1);
  if (raw.slice(0, SUM_LENGTH) !== sumOf(text)) return undefined;
  const line = JSON.parse(text) as Line;
  return KINDS.has(line.k) ? line : undefined;
}

function sumOf(text: string): string {
  return digest(text, SUM_LENGTH);
}

/** A key for the digests of one intent. */
export function newSalt(): string {
  return randomBytes(12).toString("base64url");
}

/** The digest of a text under the key of an intent. */
export function digestWith(salt: string, text: string): string {
  return createHmac("sha256", salt).update(text).digest("base64url").slice(0, 16);
}
