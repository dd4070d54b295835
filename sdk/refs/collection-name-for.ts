import * as pulumi from "@pulumi/pulumi";
import { collectionName, requirePrefix } from "../../src/model/collection-name-for.js";

/**
 * The name of the collection that holds one ref of a source: the same for the same arguments, another for
 * others, and always valid. A full commit id stands in it whole, `code-3f786850…`; of anything else, a
 * branch or a tag, what is readable stands before 16 digits of a hash of prefix and ref,
 * `code-feature-x-c89bca2b01e2c67c`. The form will not change: another name would be another sync.
 *
 * @param prefix 1 to 63 letters, digits, `.`, `_` and `-`, the first a letter or digit.
 * @param ref A commit, branch or tag. If it is an Output or a promise, so is the name.
 * @throws TypeError if the prefix cannot start a collection's name, or the ref is empty.
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
  requirePrefix(prefix);
  return typeof ref === "string"
    ? collectionName(prefix, ref)
    : pulumi.output(ref).apply((known) => collectionName(prefix, known));
}
