import { createHash } from "node:crypto";
import { holdsUnknown } from "../../model/unknown.js";
import { sorted } from "../canonical.js";
import { FIELD_NAMES, FIELDS, type Field, KINDS, type SourceInputs } from "./inputs.js";

type Properties = Record<string, unknown>;

/** Lists that are sets to the service. */
const SETS = new Set(["includeGlobs", "includePathRegexes", "excludePathRegexes"]);

/** The inputs among properties that may hold more, without nulls at any depth. */
export function inputsOf(properties: object): SourceInputs {
  const all = properties as Properties;
  const present = FIELD_NAMES.filter((field) => all[field] !== undefined && all[field] !== null);
  return sorted(
    Object.fromEntries(present.map((field) => [field, all[field]])),
    true,
  ) as unknown as SourceInputs;
}

/** The inputs without inline keys: what may stand in outputs. */
export function withoutKeys<T extends SourceInputs>(inputs: T): T {
  if (!inputs.s3) return inputs;
  const { awsAccessKeyId: _id, awsSecretAccessKey: _secret, ...s3 } = inputs.s3;
  return { ...inputs, s3 };
}

/** A digest of the inline keys; undefined where there are none, or they are not known yet. */
export function keysDigest({ s3 }: SourceInputs): string | undefined {
  const keys = [s3?.awsAccessKeyId, s3?.awsSecretAccessKey];
  if (keys.some((key) => key === undefined || holdsUnknown(key))) return undefined;
  return createHash("sha256").update(JSON.stringify(keys)).digest("base64url").slice(0, 16);
}

/** The fields that differ in meaning, inline keys aside: their order in a set and nulls do not count. */
export function changedFields(olds: Properties, news: Properties): Field[] {
  const [before, after] = [withoutKeys(inputsOf(olds)), withoutKeys(inputsOf(news))];
  return FIELD_NAMES.filter((field) => canonical(before[field]) !== canonical(after[field]));
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

/** What the service allows only once: a second source with the same text is answered with 409. */
export function identity(inputs: SourceInputs): string {
  const { databaseName, github, s3, webScrape } = inputs;
  if (github)
    return JSON.stringify([databaseName, "github", github.repository.toLowerCase(), github.appId ?? null]);
  if (s3) return JSON.stringify([databaseName, "s3", s3.bucketName, s3.pathPrefix ?? null]);
  return JSON.stringify([databaseName, "web", webScrape?.startingUrl ?? null]);
}

/** The source in words, for a message: never its keys. */
export function described(inputs: SourceInputs): string {
  const { github, s3, webScrape, databaseName } = inputs;
  const what = github
    ? `GitHub source ${github.repository}`
    : s3
      ? `S3 source ${s3.bucketName}/${s3.pathPrefix ?? ""}`
      : `web source ${webScrape?.startingUrl}`;
  return `${what} (database ${databaseName})`;
}

/** The kinds that the properties name. */
export function kindsOf(properties: Properties): (typeof KINDS)[number][] {
  return KINDS.filter((kind) => properties[kind] !== undefined && properties[kind] !== null);
}
