import { sorted } from "../canonical.js";
import type { Properties } from "../resource.js";
import { inputsOf, type SourceInputs } from "./inputs.js";
import { withoutKeys } from "./keys.js";
import { FIELD_NAMES, FIELDS, type Field } from "./rules.js";

/** Lists that are sets to the service. */
const SETS = new Set(["includeGlobs", "includePathRegexes", "excludePathRegexes"]);

/** The fields that differ in meaning, inline keys aside: their order in a set and nulls do not count. */
export function changedFields(olds: Properties, news: Properties): Field[] {
  const [before, given] = [withoutKeys(inputsOf(olds)), withoutKeys(inputsOf(news))];
  const after = olds.imported === true ? completed(given, before) : given;
  return FIELD_NAMES.filter((field) => canonical(before[field]) !== canonical(after[field]));
}

/**
 * The inputs with what the service chose for those who leave it out. Of an imported source it is not known what
 * was left out when it was created: a program may say all that an import printed, or no more than it needs.
 */
function completed(given: SourceInputs, before: SourceInputs): SourceInputs {
  const { embedding = {}, chunking = {}, s3 } = given;
  const awsCredentialId = s3?.awsCredentialId ?? before.s3?.awsCredentialId;
  return {
    ...given,
    ...(s3 && awsCredentialId !== undefined ? { s3: { ...s3, awsCredentialId } } : {}),
    ...(before.embedding && covers(before.embedding, embedding) ? { embedding: before.embedding } : {}),
    ...(before.chunking && covers(before.chunking, chunking) ? { chunking: before.chunking } : {}),
  };
}

/** Whether one value holds all that the other says. */
export function covers(theirs: unknown, ours: unknown): boolean {
  if (typeof ours !== "object" || ours === null) return theirs === ours;
  if (typeof theirs !== "object" || theirs === null) return false;
  return Object.entries(ours).every(([key, item]) => covers((theirs as Properties)[key], item));
}

/** Of the given fields, those whose change makes a new source. */
export function replacingFields(fields: Field[]): Field[] {
  return fields.filter((field) => FIELDS[field].replaces);
}

/** One text per meaning of a part of the inputs: what is left out and a default that is written out are one. */
export function canonical(value: unknown): string {
  const text = JSON.stringify(ordered(value)) ?? "";
  return text === "{}" ? "" : text;
}

function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const entries = Object.entries(sorted(value, true) as Properties)
    .map(([key, item]) => [key, partOf(key, item)] as const)
    .filter(([key, item]) => !isDefault(key, item));
  return Object.fromEntries(entries);
}

function partOf(key: string, item: unknown): unknown {
  if (SETS.has(key) && Array.isArray(item)) return [...item].sort();
  // GitHub's names are the same in any case.
  return key === "repository" && typeof item === "string" ? item.toLowerCase() : ordered(item);
}

function isDefault(key: string, item: unknown): boolean {
  if (key === "autoSync") return item === "none";
  return typeof item === "object" && item !== null && JSON.stringify(item) === "{}";
}
