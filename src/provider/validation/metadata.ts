import { UNKNOWN } from "../../model/unknown.js";
import { PROVENANCE_KEY } from "../exactly-once/conflict.js";

/** Far above the quotas of any plan, which the policy metadata-limits knows, and far below what breaks a run. */
const MOST_KEYS = 256;
const MOST_BYTES = 262_144;

/** The first thing wrong with a metadata map; values are never quoted. */
export function metadataProblem(metadata: unknown): string | undefined {
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
    return 'must be a map, for example { team: "docs" }';
  const entries = Object.entries(metadata);
  if (entries.length > MOST_KEYS)
    return `has ${entries.length} keys, which every chunk would carry: keep at most ${MOST_KEYS}`;
  const bytes = Buffer.byteLength(JSON.stringify(metadata));
  if (bytes > MOST_BYTES)
    return `has ${bytes} bytes as JSON, which every chunk would carry: keep at most ${MOST_BYTES}`;
  for (const [key, value] of entries) {
    const reason = keyProblem(key) ?? valueProblem(value);
    if (reason) return `key ${JSON.stringify(key)} ${reason}`;
  }
  return undefined;
}

function keyProblem(key: string): string | undefined {
  if (key === "") return "is empty: give it a name";
  if (/^[#$]/.test(key)) return "starts with a character that is reserved by Chroma (# or $): rename it";
  if (key === PROVENANCE_KEY) return "is reserved, this package writes it itself: use the input provenance";
  if (/^chroma_/i.test(key)) return "starts with chroma_, which is reserved for Chroma: rename it";
  if (key === "custom_id") return "is reserved, the service writes it itself: use the input customId";
  const bytes = Buffer.byteLength(key);
  if (bytes > 36) return `is ${bytes} bytes long, the limit is 36: shorten it`;
  return undefined;
}

function valueProblem(value: unknown): string | undefined {
  if (value === null || value === UNKNOWN) return undefined;
  if (Array.isArray(value)) {
    const known = value.filter((item) => item !== UNKNOWN);
    if (value.length === 0) return "holds an empty list: leave the key out instead";
    if (known.some((item) => !isScalar(item)))
      return "holds a list with something other than strings, numbers or booleans: flatten it";
    if (new Set(known.map((item) => typeof item)).size > 1)
      return "holds a list of mixed types: use only strings, only numbers or only booleans";
    return undefined;
  }
  return isScalar(value)
    ? undefined
    : "holds a nested value: only strings, numbers, booleans and lists of one of these can be stored, flatten it";
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
