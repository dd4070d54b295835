import { createHash } from "node:crypto";
import { isCommitId } from "./commit-id.js";
import { mistake } from "./mistake.js";

const LONGEST = 128;
/** With 63 bytes the longest commit id, of 64 digits, fits whole. */
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Throws a TypeError if a text cannot start a collection's name. */
export function requirePrefix(prefix: string): void {
  if (!PREFIX.test(prefix) || prefix.includes(".."))
    throw mistake(
      `collectionNameFor cannot begin a collection's name with ${JSON.stringify(prefix)}: use 1 to 63 letters, digits, ` +
        "`.`, `_` and `-`, the first a letter or digit, without two dots in a row.",
    );
}

/** The name of the collection that holds one ref of a source. */
export function collectionName(prefix: string, ref: string): string {
  requirePrefix(prefix);
  if (typeof ref !== "string" || ref === "")
    throw mistake(
      `collectionNameFor(${JSON.stringify(prefix)}, …) got no ref: give a commit, branch or tag.`,
    );
  if (isCommitId(ref)) return `${prefix}-${ref.toLowerCase()}`;
  // The prefix is hashed too: "docs" with "v2-main" must not meet "docs-v2" with "main".
  const hash = createHash("sha256")
    .update(JSON.stringify([prefix, ref]))
    .digest("hex")
    .slice(0, 16);
  const readable = ref.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/\.{2,}/g, ".");
  return `${prefix}-${readable.slice(0, LONGEST - prefix.length - hash.length - 2)}-${hash}`;
}
