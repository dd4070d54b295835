import type { z } from "zod";

/**
 * A zod issue as the end of a sentence that begins with the property's path. It quotes no value, since any
 * may be secret; undefined leaves the message to zod.
 */
export function zodMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is required"
        : `must be ${NOUNS[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "unrecognized_keys":
      return `has the unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}: remove it, or correct its name`;
    case "too_small":
      return issue.origin === "string" ? "is empty" : `must be at least ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}`;
    case "invalid_union":
      return 'must have the type "tree_sitter" (with maxSizeBytes) or "lines" (with maxLines and maxSizeBytes)';
    default:
      return undefined;
  }
}

const NOUNS: Record<string, string> = {
  string: "a string",
  int: "a whole number",
  number: "a whole number",
  boolean: "true or false",
  object: "a map",
  array: "a list",
};

/** The kind of a value in the words of a message. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  if (typeof value === "object") return "a map";
  return typeof value === "number" && !Number.isInteger(value) ? "a fraction" : `a ${typeof value}`;
}
