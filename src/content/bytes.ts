import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { ContentError } from "./content-error.js";

/**
 * The bytes of a file, piece by piece, if they are those of a digest. The last piece comes only once that is
 * known, so whoever is sent them never has all of another content.
 *
 * @throws ContentError if the file is not what it was.
 */
export async function* bytesOf(place: string, digest: string): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash("sha256");
  let last: Buffer | undefined;
  for await (const piece of fs.createReadStream(place, { highWaterMark: 256 * 1024 })) {
    hash.update(piece);
    if (last) yield last;
    last = piece as Buffer;
  }
  if (hash.digest("base64url") !== digest)
    throw new ContentError(`${place} has changed since it was hashed: run \`pulumi up\` again`);
  if (last) yield last;
}
