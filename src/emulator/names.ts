import { isIP } from "node:net";
import { z } from "zod";

/** Why a name is not one of a collection; undefined for one that is. */
function problemOf(name: string): string | undefined {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/.test(name))
    return "must be letters, digits, dots, hyphens and underscores, with a letter or digit at both ends";
  if (name.length < 3 || name.length > 128) return "must be 3 to 128 characters long";
  if (name.includes("..") || isIP(name)) return "must not contain two dots in a row or be an IP address";
  return undefined;
}

/** The name of a collection, by the rules of Chroma Cloud. */
export const collectionName = z.string().superRefine((name, context) => {
  const message = problemOf(name);
  if (message) context.addIssue({ code: "custom", message: `is not a collection name: ${message}` });
});
