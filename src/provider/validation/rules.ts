import { z } from "zod";
import { UNKNOWN } from "../../model/unknown.js";
import { metadataProblem } from "./metadata.js";

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A rule for a text that may not be known yet. */
export const text = (problem: (value: string) => string | undefined) =>
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

export const refIdentifier = z.unknown().superRefine((value, context) => {
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

export const metadata = z.unknown().superRefine((value, context) => {
  if (value === UNKNOWN) return;
  const problem = metadataProblem(value);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

export const waitForCompletion = z.unknown().superRefine((value, context) => {
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
