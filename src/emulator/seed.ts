import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import * as schemas from "./schemas.js";

/** A source of the seed: the body that creates a source, with the id that it is to have. */
const seedSource = z
  .object({
    id: z.guid().default(() => randomUUID()),
    ...schemas.commonSource,
    github: schemas.github.optional(),
    s3: schemas.s3.optional(),
    web_scrape: schemas.webScrape.optional(),
    file_upload: z.object({}).optional(),
  })
  .refine(
    (value) => [value.github, value.s3, value.web_scrape, value.file_upload].filter(Boolean).length === 1,
    {
      message: "must have exactly one of github, s3 and web_scrape",
    },
  );

/** What the emulator starts with. Folders are resolved from the working directory, or that of the file. */
export const seed = z.strictObject({
  sources: z.array(seedSource).default([]),
  /** Databases that exist; absent, every name does. */
  databases: z.array(z.string()).optional(),
  /** Bucket name → folder whose files are the objects. */
  buckets: z.record(z.string(), z.string()).default({}),
  /** `owner/name` → git checkout. */
  repositories: z.record(z.string(), z.string()).default({}),
});

/** What the emulator starts with. */
export type Seed = z.input<typeof seed>;
export type SeedSource = z.output<typeof seedSource>;

/** Reads a seed from a file; its folders are resolved from the file's own, and have to be there. */
export function readSeed(file: string): Seed {
  const parsed = seed.safeParse(JSON.parse(fs.readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`${file} is not a seed:\n${z.prettifyError(parsed.error)}`);
  const resolved = (folders: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(folders).map(([name, folder]) => {
        const found = path.resolve(path.dirname(file), folder);
        if (!fs.existsSync(found))
          throw new Error(`${file}: the folder of ${name}, ${found}, does not exist`);
        return [name, found];
      }),
    );
  const { buckets, repositories } = parsed.data;
  return { ...parsed.data, buckets: resolved(buckets), repositories: resolved(repositories) };
}
