import * as path from "node:path";
import { ContentError } from "../../content/content-error.js";
import { fileDigest } from "../../content/file-digest.js";
import { filesIn } from "../../content/matching-files.js";
import type { FoundFile } from "../../content/walk.js";
import { type BatchEntry, packedEntries } from "../../model/batch-encoding.js";
import { digest } from "../../model/digest.js";
import { holdsUnknown, UNKNOWN } from "../../model/unknown.js";
import { requireSize, sizeOf } from "../file/local-file.js";
import type { Properties } from "../resource.js";

const MOST_ID_BYTES = 120;
const ID_DIGEST_LENGTH = 22;

/** Inputs with what the folder holds now, as the entries of a batch. What cannot be read is for the check to say. */
export function withContent(news: Properties): Properties {
  const { entries: _given, ...inputs } = news;
  const { folder, include, exclude, prefix } = inputs;
  if (holdsUnknown([folder, include, exclude, prefix])) return { ...inputs, entries: UNKNOWN };
  try {
    return { ...inputs, entries: packedEntries(entriesIn(inputs)) };
  } catch {
    return inputs;
  }
}

/**
 * The files of a folder as entries. Each has a custom id of its own, made of its name: of two files that are called
 * the same in different folders the service might otherwise give the chunks the same ids.
 *
 * @throws ContentError if there is none, or if one cannot be read.
 */
export function entriesIn(inputs: Properties): BatchEntry[] {
  const { prefix = "" } = inputs as { prefix?: string };
  const entries = filesOf(inputs).flatMap(({ name, path: place }): BatchEntry[] => {
    const version = fileDigest(place);
    const objectKey = prefix + name;
    return version === undefined ? [] : [{ objectKey, version, customId: customIdOf(objectKey) }];
  });
  if (entries.length === 0)
    throw new ContentError(
      `No file of ${path.resolve(String(inputs.folder))} is included: correct folder, include or exclude.`,
    );
  return entries;
}

/** The problems of single files that the service would not take, however many. */
export function refusedIn(inputs: Properties): string[] {
  return filesOf(inputs).flatMap(({ name, path: place }) => {
    try {
      requireSize(JSON.stringify(name), sizeOf(place));
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

/** Where the file of an entry is. */
export function placeOfEntry(
  { folder, prefix = "" }: { folder: string; prefix?: string },
  key: string,
): string {
  return path.join(folder, key.slice(prefix.length));
}

function filesOf({ folder, include, exclude }: Properties): FoundFile[] {
  const list = (globs: unknown) => (globs === undefined || globs === null ? [] : [globs].flat()) as string[];
  return filesIn(String(folder), list(include), list(exclude));
}

function customIdOf(name: string): string {
  if (Buffer.byteLength(name) <= MOST_ID_BYTES) return name;
  const start = Buffer.from(name).subarray(0, MOST_ID_BYTES - ID_DIGEST_LENGTH - 4);
  return `${start.toString().replace(/\uFFFD+$/, "")}-${digest(name, ID_DIGEST_LENGTH)}`;
}
