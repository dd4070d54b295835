import { z } from "zod";
import * as schemas from "./schemas.js";

// The replies of the API document.

/** An id. */
export const uuid = z.uuid();
const dateTime = z.string().meta({ format: "date-time" });

/** Every error. */
export const error = z.object({ error: z.string(), message: z.string() });

const status = z.union([
  z.enum(["pending"]),
  z.enum(["processing"]),
  z.object({ complete: z.object({ finished_at: dateTime, duration_ms: z.int().min(0) }) }),
  z.object({ failed: z.object({ error: z.string() }) }),
  z.enum(["cancelled"]),
]);

/** Job. */
export const job = z.object({
  id: uuid,
  source_id: uuid.nullish(),
  created_at: dateTime,
  status,
  metadata: z.object({
    collection_name: z.string(),
    database_name: z.string(),
    github: z
      .object({
        git_ref_identifier: z.union([z.object({ sha: z.string() }), z.object({ branch: z.string() })]),
      })
      .optional(),
    s3: z
      .object({
        bucket_name: z.string(),
        object_key: z.string().nullish(),
        custom_id: z.string().nullish(),
        additional_metadata: z.record(z.string(), z.unknown()).nullish(),
      })
      .optional(),
    web_scrape: z.null().optional(),
    file_upload: z
      .object({
        filename: z.string(),
        custom_id: z.string().nullish(),
        additional_metadata: z.record(z.string(), z.unknown()).nullish(),
      })
      .optional(),
  }),
});

/** The kinds of sources, of which each source is one. */
export const kinds = {
  github: schemas.github.optional(),
  s3: schemas.s3.optional(),
  web_scrape: schemas.webScrape.optional(),
  file_upload: z.object({}).optional(),
};

/** Source. */
export const source = z.object({
  id: uuid,
  database_name: z.string(),
  created_at: dateTime,
  embedding_model: schemas.denseModel,
  embedding: schemas.embedding,
  chunking: schemas.chunking,
  ...kinds,
});
