import { createHash } from "node:crypto";
import { fileDigest } from "./file-digest.js";
import type { FoundFile } from "./walk.js";

/** What has a name and a digest of its bytes. */
export interface Named {
  name: string;
  digest: string;
}

/** One digest of files, of their names and bytes alone. A file that is gone by now is none. */
export function digestOfFiles(files: readonly FoundFile[]): string {
  return digestOfNamed(
    files.flatMap(({ name, path }) => {
      const digest = fileDigest(path);
      return digest === undefined ? [] : [{ name, digest }];
    }),
  );
}

/** The same of what is hashed already. No name can be taken for another one with bytes. */
export function digestOfNamed(all: readonly Named[]): string {
  const hash = createHash("sha256");
  for (const { name, digest } of all)
    hash.update(`${Buffer.byteLength(name)}:${name}${digest.length}:${digest}`);
  return hash.digest("base64url");
}
