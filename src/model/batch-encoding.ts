// The list of a batch crosses the engine, and rests in state, as text: the SDK spends most of a
// millisecond on every object that it walks, and state pays for every property name.

/** One object to sync, all of it known. */
export interface BatchEntry {
  /** Full key of the object, with the source's path prefix. */
  objectKey: string;
  /** Prefix of chunk ids instead of the hash of the key. */
  customId?: string;
  /** Metadata for this object's chunks, over the batch's. */
  metadata?: Record<string, unknown>;
  /** Anything that tells one content of the object from another; a change of it syncs the object again. */
  version?: string;
}

/**
 * A text that crosses the engine: its key begins as those do that the engine never shows, so that no
 * difference is shown in a form which only this package reads.
 */
export interface Packed {
  __text: string;
}

/** Entries of a batch as its input `entries`. */
export interface PackedEntries extends Packed {
  /** How many they are, for people. */
  count: number;
}

/** What state holds of one object. */
export interface BatchRecord {
  objectKey: string;
  /** Digest of everything whose change syncs the object again. */
  digest: string;
  invocationId: string;
  status: "pending" | "processing" | "complete" | "failed" | "cancelled";
}

const VERSION = "1";
const STATUSES = { p: "pending", r: "processing", c: "complete", f: "failed", x: "cancelled" } as const;
const LETTERS = Object.fromEntries(Object.entries(STATUSES).map(([letter, word]) => [word, letter]));

/** Length of a digest and of an id in base64url. */
export const DIGEST_LENGTH = 8;
const ID_LENGTH = 22;

/**
 * The longest text that crosses the engine: its JavaScript side writes a text byte by byte into an array,
 * and the process ends if that outgrows what V8 allows, at some 110 million.
 */
export const LONGEST_TEXT_BYTES = 95 * 1024 * 1024;

/** The bytes of the records that state will hold of entries with these keys. */
export function recordsBytes(entries: readonly Pick<BatchEntry, "objectKey">[]): number {
  const fixed = " ".length + " ".length + DIGEST_LENGTH + ID_LENGTH + 1;
  return entries.reduce((sum, { objectKey }) => sum + Buffer.byteLength(escaped(objectKey)) + fixed, 1);
}

/** Whether a value is an entry, all of it known and of the right types. */
export function isBatchEntry(value: unknown): value is BatchEntry {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { objectKey, customId, metadata, version, ...others } = value as Record<string, unknown>;
  const isText = (part: unknown) => part === undefined || part === null || typeof part === "string";
  return (
    typeof objectKey === "string" &&
    isText(customId) &&
    isText(version) &&
    (metadata === undefined || metadata === null || isPlain(metadata)) &&
    Object.keys(others).length === 0
  );
}

/** Whether JSON says all of a value: no Output and no promise is in it. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  const prototype = Object.getPrototypeOf(value);
  const isMap = prototype === null || prototype.constructor?.name === "Object";
  return (isMap || Array.isArray(value)) && Object.values(value).every(isPlain);
}

/** Entries in the form in which they cross the engine. */
export function packedEntries(entries: readonly BatchEntry[]): PackedEntries {
  return { count: entries.length, __text: encodeBatchEntries(entries) };
}

/** Whether a value is a text that crosses the engine, packed or, as in older state, as it is. */
export function isPacked(value: unknown): value is string | Packed {
  return typeof value === "string" || typeof (value as Packed | null | undefined)?.__text === "string";
}

/** Writes entries as text: `1`, then a word for each: key, version, custom id and metadata. */
export function encodeBatchEntries(entries: readonly BatchEntry[]): string {
  const words = entries.map(({ objectKey, version, customId, metadata }) => {
    const parts = [objectKey, version ?? "", customId ?? "", metadata ? JSON.stringify(metadata) : ""];
    return parts.map(escaped).join(",").replace(/,+$/, "");
  });
  return [VERSION, ...words].join(" ");
}

/**
 * Reads the entries of a batch from its input `entries`, for policies and tests.
 *
 * @throws Error if the text is of a later version.
 */
export function decodeBatchEntries(entries: string | { __text: string }): BatchEntry[] {
  return words(entries).map((word) => {
    const [objectKey = "", version, customId, metadata] = word.split(",").map(unescaped);
    return {
      objectKey,
      ...(version ? { version } : {}),
      ...(customId ? { customId } : {}),
      ...(metadata ? { metadata: JSON.parse(metadata) } : {}),
    };
  });
}

/** Writes records as text: `1`, then for each its key and, of fixed lengths, digest, id and state. */
export function encodeBatchRecords(records: Iterable<BatchRecord>): string {
  let text = VERSION;
  for (const { objectKey, digest, invocationId, status } of records)
    text += ` ${escaped(objectKey)} ${digest}${shortId(invocationId)}${LETTERS[status] ?? "p"}`;
  return text;
}

/**
 * Reads what state holds of a batch from its output `records`: one record for each object, in the
 * order of the list.
 *
 * @throws Error if the text is of a later version.
 */
export function decodeBatchRecords(records: string | { __text: string }): BatchRecord[] {
  const all = words(records);
  const decoded: BatchRecord[] = [];
  for (let index = 0; index + 1 < all.length; index += 2) {
    const rest = all[index + 1]!;
    decoded.push({
      objectKey: unescaped(all[index]!),
      digest: rest.slice(0, DIGEST_LENGTH),
      invocationId: longId(rest.slice(DIGEST_LENGTH, -1)),
      status: STATUSES[rest.at(-1) as keyof typeof STATUSES] ?? "pending",
    });
  }
  return decoded;
}

function words(packed: string | Packed): string[] {
  const [version, ...rest] = (typeof packed === "string" ? packed : packed.__text).split(" ");
  if (version !== VERSION)
    throw new Error("This state was written by a newer pulumi-chroma-sync: update the package.");
  return rest;
}

function escaped(part: string): string {
  return /[%, "\\\p{Cc}<>&\u2028\u2029]/u.test(part)
    ? part.replace(/[%, "\\\p{Cc}<>&\u2028\u2029]/gu, encodeURIComponent)
    : part;
}

function unescaped(part: string): string {
  return part.includes("%") ? decodeURIComponent(part) : part;
}

/** A UUID is 16 bytes; an id of another form, which the service may have one day, is kept as it is. */
function shortId(id: string): string {
  return UUID.test(id) ? Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url") : escaped(id);
}

function longId(text: string): string {
  if (text.length !== ID_LENGTH) return unescaped(text);
  const hex = Buffer.from(text, "base64url").toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
