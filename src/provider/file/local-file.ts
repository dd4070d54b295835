import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { bytesOf } from "../../content/bytes.js";
import { ContentError, unreadable } from "../../content/content-error.js";
import { fileDigest } from "../../content/file-digest.js";
import { digest } from "../../model/digest.js";

/** A path, or what an asset of Pulumi says. */
export type LocalFile = string | { path: string } | { text: string };

const MOST_BYTES = 209_715_200;
const HASH_LENGTH = 43;

/** What a file is when it is looked at. */
interface Seen {
  /** Its own name; undefined for a text. */
  name?: string;
  size: number;
  contentHash: string;
}

/**
 * Looks at a file.
 *
 * @throws ContentError if it cannot be read, or if the service would not take it.
 */
export function lookAt(file: unknown): Seen {
  const { text, path: place = file } = asMap(file);
  if (typeof text === "string") {
    const size = Buffer.byteLength(text);
    requireSize("The text", size);
    return { size, contentHash: digest(text, HASH_LENGTH) };
  }
  if (typeof place === "string" && place !== "") return lookAtPath(place);
  throw new ContentError(
    'must be the path of a file, a FileAsset or a StringAsset: "docs/guide.pdf" for instance. What is elsewhere, and an archive, is not uploaded: download it, or name its files one by one',
  );
}

function lookAtPath(place: string): Seen {
  const size = sizeOf(place);
  requireSize(place, size);
  const contentHash = fileDigest(place);
  if (contentHash === undefined) throw unreadable(place, "file", { code: "ENOENT" });
  return { name: path.basename(place), size, contentHash };
}

/** The bytes of a file, without reading it. */
export function sizeOf(place: string): number {
  try {
    const stats = fs.statSync(place);
    if (stats.isFile()) return stats.size;
  } catch (error) {
    throw unreadable(place, "file", error);
  }
  throw unreadable(place, "file", { code: "EISDIR" });
}

/** Throws if a file is empty, or larger than the service takes. */
export function requireSize(name: string, bytes: number): void {
  const limits = `the service takes files of 1 to ${MOST_BYTES.toLocaleString("en-US")} bytes (200 MiB)`;
  if (bytes === 0)
    throw new ContentError(`${name} is empty: ${limits}. Write something into it, or leave it out.`);
  if (bytes > MOST_BYTES)
    throw new ContentError(
      `${name} has ${bytes.toLocaleString("en-US")} bytes: ${limits}. Split it, or leave it out.`,
    );
}

/** The content as a stream of known size, which fails if it is not what its hash says. */
export function contentOf(file: LocalFile, hash: string): { file: AsyncIterable<Uint8Array>; size: number } {
  const { text, path: place = file as string } = asMap(file);
  if (text === undefined) return { file: bytesOf(place, hash), size: sizeOf(place) };
  const bytes = Buffer.from(text);
  return { file: Readable.from([bytes]), size: bytes.length };
}

function asMap(file: unknown): { text?: string; path?: string } {
  return typeof file === "object" && file !== null ? file : {};
}
