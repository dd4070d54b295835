import * as fs from "node:fs";
import * as path from "node:path";
import { type Document, sha256, textOf } from "./chunks.js";
import { SyncError } from "./failure.js";

const MAX_BYTES = 200 * 1024 * 1024;
/** Suffixes that the service hands to a document parser, which the emulator has not. */
const PARSED = /\.(pdf|docx?|odt|xls[xm]?|xltx|ods|pptx?|odp|epub|png|jpe?g|webp|gif|tiff?)$/i;

/** Reads one object of a bucket that a folder stands for. */
export function readObject(folder: string | undefined, bucket: string, key: string): Document {
  if (!folder) throw new SyncError(`bucket ${bucket} does not exist or cannot be read`);
  const file = fileInside(path.resolve(folder), key);
  const found = file ? fs.statSync(file, { throwIfNoEntry: false }) : undefined;
  if (!file || !found?.isFile()) throw new SyncError(`object ${key} does not exist in bucket ${bucket}`);
  return documentOf(key, found.size <= MAX_BYTES ? fs.readFileSync(file) : undefined);
}

/** Reads the file of an upload. */
export function readUpload(name: string, file: string | undefined): Document {
  if (!file) throw new SyncError(`the file ${name} was lost`);
  return documentOf(name, fs.readFileSync(file));
}

/**
 * A key is data, not a path: `docs/../x` is not another name of `x`, and a symbolic link must not lead out of the
 * bucket's folder.
 */
function fileInside(root: string, key: string): string | undefined {
  const isLiteral = key
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && !part.includes("\0"));
  const file = path.join(root, key);
  if (!isLiteral || !fs.existsSync(file)) return undefined;
  const real = fs.realpathSync(file);
  return real.startsWith(fs.realpathSync(root) + path.sep) ? real : undefined;
}

/** A document of bytes; `undefined` stands for more than the service takes. */
export function documentOf(key: string, bytes: Buffer | undefined): Document {
  if (!bytes || bytes.length > MAX_BYTES) throw new SyncError(`${key} is larger than 200 MiB`);
  if (PARSED.test(key))
    throw new SyncError(`${key} needs a document parser, and the emulator reads text only`);
  const text = textOf(bytes);
  if (text === undefined) throw new SyncError(`${key} is not UTF-8`);
  return { key, version: sha256(bytes), text };
}
