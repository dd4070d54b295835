import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { isCommitId } from "../../src/model/commit-id.js";

const LONGEST = 128;
/** With 63 bytes the longest commit id, of 64 digits, fits whole. */
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/**
 * The name of the collection that holds one ref of a source: the same for the same arguments, another for
 * others, and always valid. A full commit id stands in it whole, `code-3f786850…`; of anything else, a
 * branch or a tag, what is readable stands before 16 digits of a hash of prefix and ref,
 * `code-feature-x-c89bca2b01e2c67c`. The form will not change: another name would be another sync.
 *
 * @param prefix 1 to 63 letters, digits, `.`, `_` and `-`, the first a letter or digit.
 * @param ref A commit, branch or tag. Where it is an Output or a promise, so is the name.
 * @throws TypeError if the prefix is no start of a collection's name, or the ref is empty.
 *
 * @example
 * ```ts
 * import { collectionNameFor } from "pulumi-chroma-sync";
 *
 * export const collection = collectionNameFor("code", "3f786850e387550fdab836ed7e6dc881de23001b");
 * // code-3f786850e387550fdab836ed7e6dc881de23001b
 * ```
 */
export function collectionNameFor(prefix: string, ref: string): string;
export function collectionNameFor(prefix: string, ref: pulumi.Input<string>): pulumi.Output<string>;
export function collectionNameFor(prefix: string, ref: pulumi.Input<string>): pulumi.Input<string> {
  if (!PREFIX.test(prefix) || prefix.includes(".."))
    throw new TypeError(
      `collectionNameFor cannot begin a collection's name with ${JSON.stringify(prefix)}: use 1 to 63 letters, digits, ` +
        "`.`, `_` and `-`, the first a letter or digit, without two dots in a row.",
    );
  return typeof ref === "string"
    ? named(prefix, ref)
    : pulumi.output(ref).apply((known) => named(prefix, known));
}

function named(prefix: string, ref: string): string {
  if (typeof ref !== "string" || ref === "")
    throw new TypeError(
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
