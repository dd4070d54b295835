import { each, LIST } from "./each-sync.js";
import { fits, number, quoted, type ResourceRule, texts } from "./rule.js";
import { asMap, type Sync } from "./syncs.js";

export const customIdLength: ResourceRule = {
  name: "custom-id-length",
  about: "sync",
  description: "A custom id has at most 120 bytes.",
  reason: "an id of a record has 128, and the number of the chunk needs the rest",
  level: "mandatory",
  check: each(({ customId, objectKey }) =>
    typeof customId === "string" && Buffer.byteLength(customId) > 120
      ? `customId of object key ${quoted(objectKey)} is longer than 120 bytes: shorten it`
      : undefined,
  ),
};

export const metadataLimits: ResourceRule = {
  name: "metadata-limits",
  about: "sync",
  description: "Metadata fits the quotas, has the keys that are demanded and none that are forbidden.",
  reason: "what does not fit fails the sync or is lost, and every chunk carries it",
  level: "mandatory",
  options: {
    requiredKeys: { ...LIST, description: "Keys that every sync of an object must have." },
    forbiddenKeys: { ...LIST, description: "Keys that none may have; `*` stands for anything." },
    maxKeys: { type: "integer", minimum: 1, default: 20, description: "Keys at most." },
  },
  check: each((sync, config) => (sync.objectKey === undefined ? [] : metadataProblems(sync, config))),
};

function metadataProblems({ metadata, objectKey }: Sync, config: Record<string, unknown>): string[] {
  const entries = Object.entries(asMap(metadata)).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const keys = entries.map(([key]) => key);
  const of = `metadata of object key ${quoted(objectKey)}`;
  const most = number(config, "maxKeys", 20);
  const problems: string[] = [];
  const missing = texts(config, "requiredKeys").filter((key) => !keys.includes(key));
  if (missing.length > 0)
    problems.push(`${of} lacks ${missing.join(", ")}: add ${missing.length > 1 ? "them" : "it"}`);
  if (keys.some((key) => fits(key, texts(config, "forbiddenKeys"))))
    problems.push(`${of} has a key that is forbidden: remove it`);
  if (keys.length > most) problems.push(`${of} has ${keys.length} keys, ${most} are allowed: drop some`);
  if (keys.some((key) => Buffer.byteLength(key) > 36))
    problems.push(`${of} has a key of more than 36 bytes: shorten it`);
  for (const [, value] of entries) {
    const items = Array.isArray(value) ? value : [value];
    const scalars = items.every((item) => ["string", "number", "boolean"].includes(typeof item));
    if (!scalars || new Set(items.map((item) => typeof item)).size !== 1)
      problems.push(`${of} has a value that is neither a scalar nor a list of one type: flatten it`);
    if (items.some((item) => typeof item === "string" && Buffer.byteLength(item) > 8182))
      problems.push(`${of} has a value of more than 8,182 bytes: shorten it`);
  }
  return problems;
}

export const noCredentials: ResourceRule = {
  name: "no-credentials",
  about: "sync",
  description: "No value of metadata looks like a credential.",
  reason: "metadata is stored with every chunk, where whoever may search can read it",
  level: "mandatory",
  check: each(({ metadata, objectKey }) => {
    const values = Object.values(asMap(metadata)).flat();
    return values.some((value) => typeof value === "string" && CREDENTIAL.test(value))
      ? `metadata of object key ${quoted(objectKey)} has a value that looks like a credential: remove it, and revoke it if it was one`
      : undefined;
  }),
};

const CREDENTIAL =
  /\b(A[KS]IA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|ck-[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|xox[abprs]-[\w-]{10,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY-----/;
