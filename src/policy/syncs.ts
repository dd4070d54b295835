import { type BatchEntry, decodeBatchEntries, decodeBatchRecords } from "../model/batch-encoding.js";
import { isPagedKey } from "../model/paged.js";
import {
  BATCH_TYPES,
  FILE_TYPES,
  FILES_TYPES,
  INVOCATION_TYPES,
  PROVIDER_TYPES,
  SOURCE_TYPES,
} from "../model/resource-types.js";
import { type NotJudged, NotJudgedError, readable, withEach } from "./unjudged.js";

/** A resource as a policy sees it. */
export interface SeenResource {
  type: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs are whatever the program says.
  props: Record<string, any>;
  /** URN of its provider: another one may have another key. */
  provider?: string;
}

/** One sync that a resource asks for: an invocation or a file has one, a batch or a folder one for each member. */
export interface Sync {
  /** Of an upload. */
  databaseName?: unknown;
  sourceId?: unknown;
  targetCollectionName?: unknown;
  refIdentifier?: unknown;
  objectKey?: unknown;
  customId?: unknown;
  metadata?: unknown;
}

/** What kind of resource a type stands for; undefined for any other. */
export function kindOf(type: string): "sync" | "source" | "provider" | undefined {
  if ([...SINGLE_TYPES, ...LIST_TYPES].includes(type)) return "sync";
  if (SOURCE_TYPES.includes(type)) return "source";
  return PROVIDER_TYPES.includes(type) ? "provider" : undefined;
}

/** What a rule is about: a kind, or whatever names a database. */
export type Subject = "sync" | "source" | "provider" | "database";

/** Whether a rule about a subject is about resources of a type. */
export function isAbout(subject: Subject, type: string): boolean {
  if (subject !== "database") return kindOf(type) === subject;
  return [...SOURCE_TYPES, ...FILE_TYPES, ...FILES_TYPES].includes(type);
}

const SINGLE_TYPES = [...INVOCATION_TYPES, ...FILE_TYPES];
/** What asks for many syncs, in the same form. */
const LIST_TYPES = [...BATCH_TYPES, ...FILES_TYPES];

type Typed = Pick<SeenResource, "type" | "props">;

/** The syncs that the inputs of a resource ask for; none for any other resource. */
export function syncsOf({ type, props }: Typed, notJudged: NotJudged): Sync[] {
  if (INVOCATION_TYPES.includes(type)) return [props];
  if (FILE_TYPES.includes(type)) return [uploadOf(props)];
  if (!LIST_TYPES.includes(type)) return [];
  const encoded = encodedOf(props, notJudged);
  const structured = structuredOf(props, notJudged);
  if (!encoded && !structured) notJudged(new NotJudgedError("its inputs have no list of objects"));
  return [...(encoded ?? []), ...(structured ?? [])].map((entry) => syncOf(props, entry));
}

/** The same of a resource of which state may be all that is known: the outputs of a batch have records instead. */
export function syncsInState(resource: Typed, notJudged: NotJudged): Sync[] {
  const { type, props } = resource;
  if (!LIST_TYPES.includes(type) || "entries" in props || "objects" in props)
    return syncsOf(resource, notJudged);
  const records = readable(() => decoded(decodeBatchRecords, props.records), notJudged) ?? [];
  return records.map(({ objectKey }) => syncOf(props, { objectKey }));
}

/** The sync of a file, which has a name where an object has a key. */
function uploadOf(props: SeenResource["props"]): Sync {
  return withPlace(props, {
    get objectKey() {
      return props.filename;
    },
    get customId() {
      return props.customId;
    },
    get metadata() {
      return props.metadata;
    },
  });
}

/** Read late, so that a value that is not known at preview concerns only the rules that need it. */
function syncOf(props: SeenResource["props"], entry: BatchEntry): Sync {
  return withPlace(props, {
    get objectKey() {
      return entry.objectKey;
    },
    get customId() {
      return entry.customId;
    },
    get metadata() {
      return { ...asMap(props.metadata), ...asMap(entry.metadata) };
    },
  });
}

/** Adds where a sync comes from and goes to. The uploads of a database stand for a source of it. */
function withPlace(props: SeenResource["props"], sync: Sync): Sync {
  const isUpload = "databaseName" in props;
  return Object.defineProperties(sync, {
    databaseName: { get: () => (isUpload ? props.databaseName : undefined) },
    sourceId: { get: () => (isUpload ? `uploads of ${props.databaseName}` : props.sourceId) },
    targetCollectionName: { get: () => (isUpload ? props.collectionName : props.targetCollectionName) },
  });
}

/** The entries of a batch that crossed the engine as text. */
function encodedOf(props: SeenResource["props"], notJudged: NotJudged): BatchEntry[] | undefined {
  if (!("entries" in props)) return undefined;
  return readable(() => decoded(decodeBatchEntries, props.entries), notJudged) ?? [];
}

/** The entries of a batch that crossed the engine as a list. */
function structuredOf(props: SeenResource["props"], notJudged: NotJudged): BatchEntry[] | undefined {
  if (!("objects" in props)) return undefined;
  const objects = readable(() => props.objects, notJudged);
  const entries: BatchEntry[] = [];
  if (Array.isArray(objects))
    withEach(
      objects.keys(),
      (at) => {
        if (typeof objects[at] === "object" && objects[at] !== null) entries.push(objects[at]);
      },
      notJudged,
    );
  return entries;
}

function decoded<T>(decode: (text: string) => T, text: unknown): T {
  try {
    return decode(text as string);
  } catch {
    throw new NotJudgedError("its list of objects cannot be read: a newer version may have written it");
  }
}

/** A map as it is, and anything else as an empty one. */
export function asMap(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Whether the object is a document that is priced by the page. */
export function isPaged({ objectKey }: Sync): boolean {
  return typeof objectKey === "string" && isPagedKey(objectKey);
}
