import type { CreateInvocationPayload } from "../api/index.js";
import { FIELD_NAMES, FIELDS, type Field, type InvocationInputs } from "./invocation/inputs.js";

type Properties = Record<string, unknown>;

/**
 * One text per meaning: nulls are dropped from maps, keys sorted, ids and commits in lower case. Two
 * inputs with equal texts are the same sync. In `triggers` order and nulls count.
 */
export function canonical(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (field === "triggers") return JSON.stringify(sorted(value, false));
  const text = JSON.stringify(
    sorted(field === "sourceId" || field === "refIdentifier" ? lowerCase(value) : value, true),
  );
  // Metadata of nulls alone says as little as none.
  return text === "{}" ? "" : text;
}

/** The fields that differ in meaning between two sets of properties. */
export function changedFields(olds: Properties, news: Properties): Field[] {
  return FIELD_NAMES.filter((field) => canonical(field, olds[field]) !== canonical(field, news[field]));
}

/** Of the given fields, those whose change makes a new invocation. */
export function replacingFields(fields: Field[]): Field[] {
  return fields.filter((field) => FIELDS[field].replaces);
}

/** The body of the POST for these inputs. */
export function payloadOf(inputs: InvocationInputs): CreateInvocationPayload {
  return sorted(
    {
      object_key: inputs.objectKey,
      custom_id: inputs.customId,
      metadata: canonical("metadata", inputs.metadata) === "" ? undefined : inputs.metadata,
      ref_identifier: inputs.refIdentifier,
      target_collection_name: inputs.targetCollectionName,
    },
    true,
  ) as CreateInvocationPayload;
}

/** The same value with the keys of its maps in order, and without their nulls where told. */
export function sorted(value: unknown, dropNulls: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item, dropNulls));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && !(dropNulls && item === null))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item, dropNulls)]),
  );
}

function lowerCase(value: unknown): unknown {
  if (typeof value === "string") return value.toLowerCase();
  const { sha, ...rest } = value as { sha?: unknown };
  return typeof sha === "string" ? { ...rest, sha: sha.toLowerCase() } : value;
}
