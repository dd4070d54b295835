import { z } from "zod";
import { collectionNameProblem } from "../../model/collection-name.js";
import { UNKNOWN } from "../../model/unknown.js";
import { metadataProblem } from "../validation/metadata.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A rule for a text that may not be known yet. */
const text = (problem: (value: string) => string | undefined) =>
  z.unknown().superRefine((value, context) => {
    if (value === UNKNOWN) return;
    const message = typeof value === "string" ? problem(value) : `must be a string, not ${typeName(value)}`;
    if (message) context.addIssue({ code: "custom", message });
  });

const seconds = (name: string) =>
  z.unknown().superRefine((value, context) => {
    if (value === undefined || value === UNKNOWN) return;
    if (typeof value !== "number" || !(value > 0) || value > 86_400 * 7)
      context.addIssue({
        code: "custom",
        message: `${name} must be a number of seconds above 0 and up to 604800 (7 days)`,
      });
  });

/** A rule for one of a few words. */
export const oneOf = (name: string, words: string[]) =>
  z.unknown().superRefine((value, context) => {
    if (value !== undefined && value !== UNKNOWN && !words.includes(value as string))
      context.addIssue({
        code: "custom",
        message: `${name}must be ${words.map((word) => JSON.stringify(word)).join(" or ")}`,
      });
  });

/** A rule for true or false. */
export const flag = z.unknown().superRefine((value, context) => {
  if (value !== UNKNOWN && typeof value !== "boolean")
    context.addIssue({ code: "custom", message: `must be true or false, not ${typeName(value)}` });
});

const sha = (value: string) =>
  /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(value)
    ? undefined
    : "sha must be a full commit id of 40 or 64 hexadecimal digits (git rev-parse HEAD): short ids and tags are not accepted";

const refIdentifier = z.unknown().superRefine((value, context) => {
  const fail = (message: string) => context.addIssue({ code: "custom", message });
  if (value === UNKNOWN) return;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return fail(`must be { sha: "…" } or { branch: "…" }, not ${typeName(value)}`);
  const keys = Object.entries(value)
    .filter(([, part]) => part !== null)
    .map(([key]) => key);
  const other = keys.find((key) => key !== "sha" && key !== "branch");
  if (other) return fail(`has the unknown key ${JSON.stringify(other)}: use { sha: "…" } or { branch: "…" }`);
  if (keys.length === 2) return fail("has both sha and branch: keep one of them (sha pins a commit)");
  if (keys.length === 0)
    return fail('is empty: give { sha: "…" } or { branch: "…" }, or leave it out for the default branch');
  const [key, part] = Object.entries(value).find(([, candidate]) => candidate !== null)!;
  if (part === UNKNOWN) return;
  if (typeof part !== "string") return fail(`${key} must be a string, not ${typeName(part)}`);
  if (part.trim() === "")
    return fail(`${key} is empty: name one, or leave refIdentifier out for the default branch`);
  const problem = key === "sha" ? sha(part) : undefined;
  if (problem) fail(problem);
});

const metadata = z.unknown().superRefine((value, context) => {
  if (value === UNKNOWN) return;
  const problem = metadataProblem(value);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

const waitForCompletion = z.unknown().superRefine((value, context) => {
  if (value === UNKNOWN || typeof value === "boolean") return;
  const shape = z.strictObject({
    timeoutSeconds: seconds("timeoutSeconds"),
    pollIntervalSeconds: seconds("pollIntervalSeconds"),
    onTimeout: oneOf("onTimeout ", ["fail", "warn"]),
  });
  const parsed = shape.partial().safeParse(value);
  if (parsed.success) return;
  const issue = parsed.error.issues[0]!;
  context.addIssue({
    code: "custom",
    message:
      issue.code === "custom"
        ? issue.message
        : "must be true, false or { timeoutSeconds, pollIntervalSeconds, onTimeout }, all optional",
  });
});

/**
 * Every input of an invocation: its rule, and whether a change of it makes a new invocation. Only the
 * settings that steer this package (`replaces: false`) change in place.
 */
export const FIELDS = {
  sourceId: {
    replaces: true,
    rule: text((value) =>
      UUID.test(value)
        ? undefined
        : "must be the UUID of a source, such as 0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a: the dashboard shows it",
    ),
  },
  targetCollectionName: { replaces: true, rule: text(collectionNameProblem) },
  refIdentifier: { replaces: true, rule: refIdentifier },
  objectKey: {
    replaces: true,
    rule: text((value) =>
      value === ""
        ? "is empty: give the full key of the object, with the source's path prefix"
        : Buffer.byteLength(value) > 1024
          ? "is longer than the 1,024 bytes that S3 allows for a key"
          : undefined,
    ),
  },
  customId: {
    replaces: true,
    rule: text((value) => {
      if (value === "") return "is empty: leave it out to use the hash of the object key";
      const bytes = Buffer.byteLength(value);
      return bytes > 120
        ? `is ${value.length} characters (${bytes} bytes) long, the limit is 120 bytes: shorten it`
        : undefined;
    }),
  },
  metadata: { replaces: true, rule: metadata },
  triggers: {
    replaces: true,
    rule: z.unknown().superRefine((value, context) => {
      if (value !== UNKNOWN && !Array.isArray(value))
        context.addIssue({
          code: "custom",
          message: "must be a list: a change of any element starts a new sync",
        });
    }),
  },
  waitForCompletion: { replaces: false, rule: waitForCompletion },
  cancelOnDelete: { replaces: false, rule: flag },
  onConflict: { replaces: false, rule: oneOf("", ["fail", "adopt"]) },
  provenance: { replaces: false, rule: flag },
  retryFailed: { replaces: false, rule: flag },
  adoptInvocationId: {
    replaces: false,
    rule: text((value) => (UUID.test(value) ? undefined : "must be the UUID of an invocation")),
  },
} satisfies Record<string, { replaces: boolean; rule: z.ZodType }>;

/** The name of an input. */
export type Field = keyof typeof FIELDS;

/** The names of the inputs, in the order in which they are documented. */
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** Checked inputs of an invocation. */
export interface InvocationInputs {
  sourceId: string;
  targetCollectionName?: string;
  refIdentifier?: { sha: string } | { branch: string };
  objectKey?: string;
  customId?: string;
  metadata?: Record<string, unknown>;
  triggers?: unknown[];
  waitForCompletion?:
    | boolean
    | { timeoutSeconds?: number; pollIntervalSeconds?: number; onTimeout?: "fail" | "warn" };
  cancelOnDelete?: boolean;
  onConflict?: "fail" | "adopt";
  provenance?: boolean;
  retryFailed?: boolean;
  adoptInvocationId?: string;
}

/** What state holds of an invocation: its inputs and what the service said. */
export interface InvocationState extends InvocationInputs {
  invocationId: string;
  status: string;
  createdAt?: string;
  finishedAt?: string;
  durationMs?: number;
  error?: string;
  collectionName?: string;
  /** It was there before this resource. */
  adopted?: true;
}

/** The kind of a value in an error's words. */
function typeName(value: unknown): string {
  return Array.isArray(value)
    ? "a list"
    : value === null
      ? "null"
      : typeof value === "object"
        ? "a map"
        : `a ${typeof value}`;
}
