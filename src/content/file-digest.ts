import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { unreadable } from "./content-error.js";

const PIECE = 1024 * 1024;
/** A file that was written so lately may be written again without another time: some file systems count seconds. */
const FRESH_MS = 2500;

/** What tells one content of a file from the next without reading it. */
type Stamp = Pick<fs.BigIntStats, "size" | "mtimeNs" | "ctimeNs" | "ino" | "dev">;

const known = new Map<string, { stamp: Stamp; digest: string }>();
let piece: Buffer | undefined;

/**
 * SHA-256 of a file's bytes in base64url, read piece by piece. One that this process has read is not read again
 * while its size, its times and its inode are the same; the change time is among them, which no program can set.
 * Undefined if the file no longer exists.
 *
 * @throws ContentError if it cannot be read.
 */
export function fileDigest(file: string): string | undefined {
  const place = path.resolve(file);
  let descriptor: number | undefined;
  try {
    const before = fs.statSync(place, { bigint: true });
    const cached = known.get(place);
    if (cached && isSame(cached.stamp, before)) return cached.digest;
    descriptor = fs.openSync(place, "r");
    const digest = digestOf(descriptor, Number(before.size));
    const stamp = fs.fstatSync(descriptor, { bigint: true });
    if (isSame(stamp, before) && isSettled(stamp)) known.set(place, { stamp, digest });
    return digest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(place, "file", error);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** To the end of the file, whatever its size was said to be. */
function digestOf(descriptor: number, size: number): string {
  piece ??= Buffer.allocUnsafe(PIECE);
  const hash = createHash("sha256");
  for (let total = 0; ; ) {
    const read = fs.readSync(descriptor, piece, 0, PIECE, null);
    hash.update(piece.subarray(0, read));
    total += read;
    // A read of less than was asked for is the end, if the size says so too.
    if (read === 0 || (read < PIECE && total === size)) return hash.digest("base64url");
  }
}

function isSame(one: Stamp, other: Stamp): boolean {
  return (
    one.size === other.size &&
    one.mtimeNs === other.mtimeNs &&
    one.ctimeNs === other.ctimeNs &&
    one.ino === other.ino &&
    one.dev === other.dev
  );
}

function isSettled({ mtimeNs, ctimeNs }: Stamp): boolean {
  const newest = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
  return Date.now() - newest > FRESH_MS;
}
