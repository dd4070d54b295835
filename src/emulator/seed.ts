import { randomUUID } from "node:crypto";
import { z } from "zod";

const text = z.string().min(1);
const globs = z.array(z.string()).nullish();

const github = z.looseObject({ repository: text, app_id: z.string().nullish(), include_globs: globs });
const s3 = z.looseObject({
  bucket_name: text,
  region: text,
  collection_name: text,
  path_prefix: z.string().nullish(),
});
const webScrape = z.looseObject({
  starting_url: z.url(),
  max_depth: z.int().min(0).nullish(),
  page_limit: z.int().min(0).nullish(),
});

/** A source of the seed: the body that creates a source, with the id that it is to have. */
export const seedSource = z
  .looseObject({
    id: z.guid().default(() => randomUUID()),
    database_name: text,
    github: github.optional(),
    s3: s3.optional(),
    web_scrape: webScrape.optional(),
  })
  .refine((value) => [value.github, value.s3, value.web_scrape].filter(Boolean).length === 1, {
    message: "must have exactly one of github, s3 and web_scrape",
  });

/** What the emulator starts with. Folders are resolved from the working directory. */
export const seed = z.strictObject({
  sources: z.array(seedSource).default([]),
  /** Bucket name → folder whose files are the objects. */
  buckets: z.record(z.string(), z.string()).default({}),
  /** `owner/name` → git checkout. */
  repositories: z.record(z.string(), z.string()).default({}),
});

/** What the emulator starts with. */
export type Seed = z.input<typeof seed>;
export type SeedSource = z.output<typeof seedSource>;
