import { z } from "zod";
import { UNKNOWN } from "../../model/unknown.js";
import type { Fields } from "../validation/field-failures.js";
import { later, maybe } from "../validation/later.js";
import { collectionName, flag, oneOf } from "../validation/rules.js";

const text = z.string().min(1);
const matching = (pattern: RegExp, message: string) => text.regex(pattern, message);
const wholeNumber = (max: number) => z.int().min(0).max(max);
const listOf = (item: z.ZodType) =>
  z.array(later(item)).refine((all) => {
    const known = all.filter((one) => one !== UNKNOWN);
    return new Set(known).size === known.length;
  }, "contains duplicates: remove them");

const github = z.strictObject({
  repository: later(
    matching(/^[\w.-]+\/(?!.*\.git$)[\w.-]+$/, "must be owner/name, such as acme/docs: no URL and no .git"),
  ),
  appId: maybe(matching(/^\d+$/, "must be the digits of a GitHub App's id, as a string")),
  includeGlobs: maybe(listOf(text)),
});

const s3 = z
  .strictObject({
    bucketName: later(
      matching(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        "must be the name of a bucket, 3 to 63 characters such as acme-docs: no s3:// and no ARN",
      ),
    ),
    region: later(matching(/^[a-z]{2}(-[a-z]+)+-\d+$/, "must be an AWS region, such as us-east-1")),
    collectionName: later(collectionName),
    pathPrefix: maybe(text),
    awsCredentialId: maybe(z.int().min(1).max(2147483647)),
    awsAccessKeyId: maybe(text),
    awsSecretAccessKey: maybe(text),
    autoSync: maybe(z.enum(["none", "direct", "metadata"])),
  })
  .superRefine(({ awsCredentialId, awsAccessKeyId, awsSecretAccessKey }, context) => {
    const message = credentialProblem(
      awsCredentialId !== undefined,
      awsAccessKeyId !== undefined,
      awsSecretAccessKey !== undefined,
    );
    if (message) context.addIssue({ code: "custom", message });
  });

function credentialProblem(id: boolean, key: boolean, secret: boolean): string | undefined {
  if (id && (key || secret))
    return "has both awsCredentialId and inline keys: keep one, preferably awsCredentialId";
  if (key && !secret) return "has awsAccessKeyId without awsSecretAccessKey: give both, or awsCredentialId";
  if (secret && !key) return "has awsSecretAccessKey without awsAccessKeyId: give both, or awsCredentialId";
  if (!id && !key)
    return "has no credentials: give awsCredentialId (saved in the dashboard), or awsAccessKeyId with awsSecretAccessKey";
  return undefined;
}

const pathRegexes = listOf(
  text.refine(
    (value) => !value.startsWith("*"),
    'holds a glob, not a regular expression: write ".*" for "*"',
  ),
);

const webScrape = z.strictObject({
  startingUrl: later(
    z.url({ protocol: /^https?$/, error: "must be an http or https URL, such as https://docs.example.com" }),
  ),
  maxDepth: maybe(wholeNumber(2147483647)),
  pageLimit: maybe(wholeNumber(2147483647)),
  includePathRegexes: maybe(pathRegexes),
  excludePathRegexes: maybe(pathRegexes),
});

/** How chunks become vectors. */
export const embedding = z.strictObject({
  dense: maybe(
    z.strictObject({
      model: later(z.enum(["Qwen/Qwen3-Embedding-0.6B"])),
      task: maybe(
        z.strictObject({
          taskName: later(text),
          documentPrompt: maybe(z.string()),
          queryPrompt: maybe(z.string()),
        }),
      ),
    }),
  ),
  sparse: maybe(
    z.strictObject({
      model: later(z.enum(["Chroma/BM25", "prithivida/Splade_PP_en_v1"])),
      key: maybe(text),
    }),
  ),
});

/** Chroma stores documents of at most 16 KiB. */
const maxSizeBytes = maybe(z.int().min(1).max(16_384));
/** How documents are cut. */
export const chunking = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("tree_sitter"), maxSizeBytes }),
  z.strictObject({ type: z.literal("lines"), maxLines: maybe(z.int().min(1)), maxSizeBytes }),
]);

/** Every input of a source: its rule, and whether a change of it makes a new source. */
export const FIELDS = {
  databaseName: { replaces: true, rule: later(text) },
  github: { replaces: true, rule: maybe(github) },
  s3: { replaces: true, rule: maybe(s3) },
  webScrape: { replaces: true, rule: maybe(webScrape) },
  embedding: { replaces: true, rule: maybe(embedding) },
  chunking: { replaces: true, rule: maybe(chunking) },
  onConflict: { replaces: false, rule: oneOf("fail", "adopt") },
  rotateCredentials: { replaces: false, rule: flag },
} satisfies Fields;

/** The name of an input. */
export type Field = keyof typeof FIELDS;

/** The names of the inputs, in the order in which they are documented. */
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];
