import { z } from "zod";
import { metadata } from "./metadata.js";
import { collectionName } from "./names.js";

// The bodies and queries of the API document. What is validated here is also what `/openapi.json` shows.
// A field that the document does not have is taken, and dropped.

const text = z.string().min(1);
const int32 = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);
const count = int32.min(0);
const distinct = z
  .array(z.string())
  .refine((items) => new Set(items).size === items.length, "must hold nothing twice")
  .meta({ uniqueItems: true });

export const github = z.object({
  repository: text,
  app_id: z.string().nullish(),
  include_globs: distinct.nullish(),
});

export const s3 = z.object({
  bucket_name: text,
  region: text,
  collection_name: text,
  path_prefix: z.string().nullish(),
  auto_sync: z.enum(["none", "direct", "metadata"]).nullish(),
  aws_credential_id: int32.nullish(),
  aws_access_key_id: text.nullish(),
  aws_secret_access_key: text.nullish(),
});

export const webScrape = z.object({
  starting_url: z
    .string()
    .refine((url) => /^https?:/.test(url) && URL.canParse(url), "must be an http or https URL"),
  max_depth: count.nullish(),
  page_limit: count.nullish(),
  include_path_regexes: distinct.nullish(),
  exclude_path_regexes: distinct.nullish(),
});

const denseModelName = z.enum(["Qwen/Qwen3-Embedding-0.6B"]);
export const denseModel = z.object({
  model: denseModelName,
  task: z
    .object({
      task_name: z.string(),
      query_prompt: z.string().nullish(),
      document_prompt: z.string().nullish(),
    })
    .nullish(),
});

export const embedding = z.object({
  dense: denseModel.optional(),
  sparse: z
    .object({
      key: z.string().optional(),
      model: z.enum(["Chroma/BM25", "prithivida/Splade_PP_en_v1"]).optional(),
    })
    .nullish(),
});

const size = z.int().min(0).optional();
export const chunking = z.union([
  z.object({ type: z.literal("tree_sitter"), max_size_bytes: size }),
  z.object({ type: z.literal("lines"), max_lines: size, max_size_bytes: size }),
]);

export const commonSource = {
  database_name: text,
  embedding: embedding.optional(),
  // One page of the documentation sends a string although the document asks for an object: both are taken.
  embedding_model: z.union([denseModel, denseModelName]).nullish(),
  chunking: chunking.optional(),
};

// Both at once fit neither alternative alone.
const ref = z
  .union([z.looseObject({ sha: z.string() }), z.looseObject({ branch: z.string() })])
  .refine(({ sha, branch }) => sha == null || branch == null, "must hold sha or branch, not both")
  .refine(
    ({ sha }) => sha == null || /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(String(sha)),
    "must hold the full id of a commit, 40 or 64 hexadecimal digits",
  );

/** CreateJobPayload. */
export const createInvocation = z.object({
  custom_id: z.string().max(120).nullish(),
  metadata: metadata.nullish(),
  object_key: z.string().nullish(),
  ref_identifier: ref.nullish(),
  target_collection_name: collectionName.nullish(),
});

/** LatestByKeysRequest. */
export const latestByKeys = z.object({ object_keys: z.array(z.string()) });

const queryCount = z.int().min(0);
const page = {
  source_type: z.enum(["github", "s3", "web_scrape", "file_upload"]).optional(),
  limit: queryCount.default(100),
  offset: queryCount.default(0),
  order_by: z.enum(["ASC", "DESC"]).default("DESC"),
};

export const listSources = z.object({ database_name: z.string().optional(), ...page });
export const listInvocations = z.object({
  source_id: z.guid().optional(),
  database_name: z.string().optional(),
  status: z.enum(["pending", "processing", "complete", "failed", "cancelled"]).optional(),
  ...page,
});

/** The text fields of an upload. */
export const uploadFields = z.object({
  database_name: text,
  collection_name: collectionName,
  custom_id: z.string().max(120).optional(),
  metadata: z.string().optional(),
  embedding: z.string().optional(),
  chunking: z.string().optional(),
  content_type: z.string().max(512).optional(),
});
