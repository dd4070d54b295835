import type { CreateInvocationPayload, Job } from "../../api/index.js";
import { isUploads, type Place } from "../service/place.js";

/** An invocation to ask for. */
export interface InvocationRequest {
  /** Where it is sent, and listed. */
  sourceId: Place;
  payload: CreateInvocationPayload;
  /** The collection that it writes to; undefined if it could not be found out. */
  collection: string | undefined;
  /** One text for everything whose change asks for another one. */
  identity: string;
  /** Sends it, if it is no POST of the payload. Calls back while it is on its way. */
  send?(sending: () => void): Promise<string>;
}

/** Says how a create deals with what exists already. */
export interface Existing {
  /** Marks it, and looks for what carries the mark. */
  provenance?: boolean;
  /**
   * What to do if the collection holds a finished sync: `adopt` takes the one that did the same. `cancel`
   * cancels what is still pending for it.
   */
  onConflict?: "fail" | "adopt" | "cancel";
}

/** An invocation that belongs to a resource. */
export interface Created {
  id: string;
  /** It existed before, and somebody else may have started it. */
  adopted?: true;
}

/** How much a listed invocation looks like a request. */
export type Likeness = "same" | "similar" | "other";

/** What a list shows of an invocation. */
export interface Shown {
  collection: string | undefined;
  objectKey?: string;
  /** Texts of requests that would be listed like this. */
  echoes: string[];
  ref?: string;
  /** Only the collection can be told. */
  isOpaque?: true;
}

const DEEPEST = 16;

/**
 * One text for all requests that a list would show alike. Unicode is normalised, lists are sets, and nulls
 * are absent, since a service may store them so.
 */
export function echoOf({ sourceId, payload, collection }: Omit<InvocationRequest, "identity">): string {
  const { custom_id: customId, metadata, ref_identifier: ref } = payload;
  const key = keyOf(sourceId, payload);
  return key === undefined
    ? refEcho(sourceId, refText(ref), collection)
    : objectEcho(sourceId, key, customId, metadata);
}

/** Compares what a list shows with a request; what cannot be read is similar to everything. */
export function likeness(shown: Shown | undefined, request: Omit<InvocationRequest, "identity">): Likeness {
  if (!shown) return "similar";
  const elsewhere =
    request.collection !== undefined &&
    shown.collection !== undefined &&
    shown.collection !== request.collection;
  if (!elsewhere && shown.echoes.includes(echoOf(request))) return "same";
  if (shown.isOpaque) return elsewhere ? "other" : "similar";
  const { ref_identifier: ref } = request.payload;
  const key = keyOf(request.sourceId, request.payload);
  if (key !== undefined) return shown.objectKey === normal(key) ? "similar" : "other";
  if (shown.objectKey !== undefined) return "other";
  const sameCollection = shown.collection === undefined || !elsewhere;
  return sameCollection || (ref !== undefined && shown.ref === refText(ref)) ? "similar" : "other";
}

/** Reads a listed invocation; undefined if it is not what the API document describes. */
export function shownBy(job: Job, sourceId: string): Shown | undefined {
  if (job.id === "") return undefined;
  try {
    const { collection_name: name, s3, github, file_upload } = job.metadata as Record<string, unknown>;
    const collection = optionalText(name);
    if (isUploads(sourceId)) return shownUpload(sourceId, collection, file_upload);
    if (s3 !== undefined && s3 !== null) {
      const { object_key, custom_id, additional_metadata } = s3 as Record<string, unknown>;
      if (typeof object_key !== "string") return undefined;
      const metadata = (additional_metadata ?? {}) as Record<string, unknown>;
      const echo = objectEcho(sourceId, object_key, optionalText(custom_id), metadata);
      return { collection, objectKey: normal(object_key), echoes: [echo] };
    }
    if (collection === undefined && (github === undefined || github === null)) return undefined;
    const ref = refText((github as { git_ref_identifier?: unknown } | null | undefined)?.git_ref_identifier);
    // The default branch may be listed by its name.
    const refs = ref?.startsWith("branch ") ? [ref, undefined] : [ref];
    const echoes = refs.map((one) => refEcho(sourceId, one, collection));
    return { collection, echoes, ...(ref === undefined ? {} : { ref }) };
  } catch {
    return undefined;
  }
}

/**
 * What tells an object from others of its place: its key. The service need not keep the folders of a file's name,
 * so a file goes by its custom id, or by the last part of its name.
 */
export function keyOf(
  place: Place,
  { object_key: key, custom_id: customId }: CreateInvocationPayload,
): string | undefined {
  return key === undefined ? undefined : keyAt(place, key, customId);
}

/** The same of a key that there is. */
export function keyAt(place: Place, key: string, customId: string | undefined): string {
  return isUploads(place) ? (customId ?? key.split("/").at(-1)!) : key;
}

/** The API document does not say what is listed of an upload. What says nothing of its file may be any. */
function shownUpload(place: Place, collection: string | undefined, upload: unknown): Shown {
  const { filename, custom_id, additional_metadata } = (upload ?? {}) as Record<string, unknown>;
  if (typeof filename !== "string") return { collection, echoes: [], isOpaque: true };
  const customId = optionalText(custom_id);
  const key = keyOf(place, { object_key: filename, ...(customId ? { custom_id: customId } : {}) })!;
  const metadata = (additional_metadata ?? {}) as Record<string, unknown>;
  return { collection, objectKey: normal(key), echoes: [objectEcho(place, key, customId, metadata)] };
}

function objectEcho(
  sourceId: string,
  key: string,
  customId: string | null | undefined,
  metadata: Record<string, unknown> | null | undefined,
): string {
  const { custom_id: added, ...rest } = metadata ?? {};
  // The service adds the custom id to the metadata of the chunks.
  const own = added === undefined || added === customId ? rest : { ...rest, custom_id: added };
  return JSON.stringify(["s3", sourceId, normal(key), customId ? normal(customId) : null, settled(own, 0)]);
}

function refEcho(sourceId: string, ref: string | undefined, collection: string | undefined): string {
  return JSON.stringify(["ref", sourceId, ref ?? null, collection ?? null]);
}

function refText(ref: unknown): string | undefined {
  if (ref === undefined || ref === null) return undefined;
  const { sha, branch } = ref as { sha?: unknown; branch?: unknown };
  if (typeof sha === "string") return `sha ${sha.toLowerCase()}`;
  if (typeof branch === "string") return `branch ${branch.normalize("NFC")}`;
  throw new TypeError("not a ref");
}

function optionalText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new TypeError("not a text");
  return value;
}

function settled(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) throw new RangeError("nested too deeply");
  if (typeof value === "string") return normal(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((item) => JSON.stringify(settled(item, depth + 1)) ?? "null").sort();
  const entries = Object.entries(value)
    .filter(([, item]) => item !== null && item !== undefined)
    .map(([name, item]) => [normal(name), settled(item, depth + 1)] as const);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A text in the form in which two spellings of the same characters are equal. */
export function normal(text: string): string {
  return text.normalize("NFC");
}
