import { type BatchEntry, decodeBatchEntries } from "../model/batch-encoding.js";
import { BATCH_TYPES, INVOCATION_TYPES } from "../model/resource-types.js";

/** A resource as a policy sees it. */
export interface SeenResource {
  type: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs are whatever the program says.
  props: Record<string, any>;
}

/** One sync that a resource asks for: an invocation has one, a batch one for each object. */
export interface Sync {
  sourceId?: unknown;
  targetCollectionName?: unknown;
  refIdentifier?: unknown;
  objectKey?: unknown;
  customId?: unknown;
  metadata?: unknown;
}

/** Whether a resource asks for syncs. */
export function isSync({ type }: Pick<SeenResource, "type">): boolean {
  return INVOCATION_TYPES.includes(type) || BATCH_TYPES.includes(type);
}

/** The syncs that a resource asks for; none for any other resource. */
export function syncsOf({ type, props }: Pick<SeenResource, "type" | "props">): Sync[] {
  if (INVOCATION_TYPES.includes(type)) return [props];
  if (!BATCH_TYPES.includes(type)) return [];
  const { sourceId, targetCollectionName, metadata } = props;
  return entriesOf(props).map((entry) => ({
    sourceId,
    targetCollectionName,
    objectKey: entry.objectKey,
    customId: entry.customId,
    metadata: { ...asMap(metadata), ...asMap(entry.metadata) },
  }));
}

function entriesOf({ entries, objects }: Record<string, unknown>): BatchEntry[] {
  const structured = Array.isArray(objects)
    ? objects.filter((one) => typeof one === "object" && one !== null)
    : [];
  try {
    return [...(typeof entries === "string" ? decodeBatchEntries(entries) : []), ...structured];
  } catch {
    // Whatever else is wrong with them is for the provider's own check to say.
    return structured;
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
  return typeof objectKey === "string" && PAGED.test(objectKey);
}

const PAGED = /\.(pdf|docx?|odt|xls[xm]?|xltx|csv|ods|pptx?|odp|html|epub|png|jpe?g|webp|gif|tiff?)$/i;
