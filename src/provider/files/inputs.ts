import { z } from "zod";
import type { BatchInputs } from "../batch/inputs.js";
import { BATCH_FIELDS } from "../batch/inputs.js";
import { UPLOAD_FIELDS } from "../file/inputs.js";
import { type Properties, present } from "../resource.js";
import type { Fields } from "../validation/field-failures.js";
import { later, maybe } from "../validation/later.js";
import { uploadMetadata } from "../validation/upload-metadata.js";

const { sourceId: _source, targetCollectionName: _collection, ...SHARED } = BATCH_FIELDS;
const GLOBS = "must be a glob or a list of globs, relative to the folder, such as **/*.md";
const globs = maybe(z.union([z.string().min(1), z.array(later(z.string().min(1))).min(1)], { error: GLOBS }));

/** Every input of a folder of files: its rule, and whether a change of it uploads all of them as another resource. */
export const FILES_FIELDS = {
  ...UPLOAD_FIELDS,
  folder: { replaces: false, rule: later(z.string().min(1)) },
  include: { replaces: false, rule: globs },
  exclude: { replaces: false, rule: globs },
  prefix: { replaces: false, rule: maybe(z.string()) },
  ...SHARED,
  metadata: { replaces: false, rule: uploadMetadata },
} satisfies Fields;

export const FILES_FIELD_NAMES = Object.keys(FILES_FIELDS) as (keyof typeof FILES_FIELDS)[];

/** Checked inputs of a folder of files: those of a batch, whose entries are what the folder held at the check. */
export type FilesInputs = BatchInputs & {
  databaseName: string;
  collectionName: string;
  folder: string;
  include?: string | string[];
  exclude?: string | string[];
  prefix?: string;
  embedding?: Record<string, unknown>;
  chunking?: Record<string, unknown>;
};

/** The inputs among properties, as a batch has them. */
export function inputsOf(properties: Properties): FilesInputs {
  const inputs = present([...FILES_FIELD_NAMES, "entries"], properties) as FilesInputs;
  return inputs.collectionName === undefined
    ? inputs
    : { ...inputs, targetCollectionName: inputs.collectionName };
}
