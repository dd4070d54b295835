import { z } from "zod";
import { collectionNameProblem } from "../../model/collection-name.js";
import { isCommitId } from "../../model/commit-id.js";
import { inOrder, later, maybe, unless, without } from "./later.js";
import { metadataProblem } from "./metadata.js";
import { kindOf } from "./zod-message.js";

// The rules that several kinds of resources share. `zodMessage` says the rest of each sentence.

const uuid = (message: string, missing?: string) =>
  z
    .string({ error: ({ input }) => (input === undefined ? missing : undefined) })
    .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, message);

/** The id of a source, which is required. */
export const sourceId = later(
  uuid(
    "must be the UUID of a source, such as 0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a: the dashboard shows it",
    "is required: give the UUID of the source to sync",
  ),
);

/** The id of an invocation. */
export const invocationId = maybe(uuid("must be the UUID of an invocation"));

/** The name of a collection. */
export const collectionName = inOrder(z.string(), without(collectionNameProblem));

const nonBlank = z.string().refine((value) => value.trim() !== "", {
  error: "is empty: name one, or leave refIdentifier out for the default branch",
  abort: true,
});
const REF = '{ sha: "…" } or { branch: "…" }';

type Ref = { sha?: unknown; branch?: unknown };
const refShape = z.strictObject(
  { sha: z.unknown().optional(), branch: z.unknown().optional() },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `has the unknown key ${JSON.stringify(issue.keys[0])}: use ${REF}`
        : `must be ${REF}, not ${kindOf(issue.input)}`,
  },
);
const oneRef = ({ sha, branch }: Ref) => {
  const given = [sha, branch].filter((part) => part !== undefined && part !== null).length;
  if (given === 2) return "has both sha and branch: keep one of them (sha pins a commit)";
  return given === 1 ? undefined : `is empty: give ${REF}, or leave it out for the default branch`;
};
const COMMIT =
  "must be a full commit id of 40 or 64 hexadecimal digits (git rev-parse HEAD): short ids and tags are not accepted";

/** A commit or a branch. */
export const refIdentifier = maybe(
  inOrder(
    refShape,
    without(oneRef),
    z.looseObject({ sha: maybe(nonBlank.refine(isCommitId, COMMIT)), branch: maybe(nonBlank) }),
  ),
);

/** The key of an object of a bucket. */
export const objectKey = later(
  z
    .string()
    .min(1, "is empty: give the full key of the object, with the source's path prefix")
    .refine(
      (value) => !/^s3:\/\//i.test(value),
      "is a URL: give the key alone, without s3:// and the name of the bucket",
    )
    .refine(
      (value) => Buffer.byteLength(value) <= 1024,
      "is longer than the 1,024 bytes that S3 allows for a key: shorten it",
    ),
);

/** What chunk ids begin with. */
export const customId = maybe(
  inOrder(
    z.string().min(1, "is empty: leave it out to use the hash of the object key"),
    without((value: string) => {
      const bytes = Buffer.byteLength(value);
      return bytes > 120
        ? `is ${value.length} characters (${bytes} bytes) long, the limit is 120 bytes: shorten it`
        : undefined;
    }),
  ),
);

/** Metadata of chunks. */
export const metadata = maybe(without(metadataProblem));

/** Anything whose change syncs again. */
export const triggers = maybe(
  without((value) =>
    typeof value === "object" && value !== null
      ? undefined
      : "must be a list, or a map of names: a change of a value starts a new sync",
  ),
);

/** When to sync. */
export const runOn = maybe(z.enum(["change", "up"]));

const HOURS = "must be a number of hours above 0 and up to 8760 (a year)";
/** How old a sync may grow. */
export const maxAgeHours = maybe(z.number(HOURS).refine((value) => value > 0 && value <= 8760, HOURS));

const seconds = maybe(
  z
    .number("must be a number of seconds above 0 and up to 604800 (7 days)")
    .refine(
      (value) => value > 0 && value <= 604_800,
      "must be a number of seconds above 0 and up to 604800 (7 days)",
    ),
);

/** Whether to wait, and how. */
export const waitForCompletion = maybe(
  unless(
    (value) => typeof value === "boolean",
    z.strictObject(
      {
        timeoutSeconds: seconds,
        pollIntervalSeconds: seconds,
        onTimeout: maybe(z.enum(["fail", "warn"])),
        waitFor: maybe(z.enum(["complete", "started"])),
        onFailure: maybe(z.enum(["fail", "warn"])),
      },
      "must be true, false or { timeoutSeconds, pollIntervalSeconds, onTimeout, waitFor, onFailure }, all optional",
    ),
  ),
);

/** True or false. */
export const flag = maybe(z.boolean());

/** One of a few words. */
export const oneOf = (...words: [string, ...string[]]) => maybe(z.enum(words));
