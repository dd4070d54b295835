import { isIP } from "node:net";

/** Why a collection name is invalid, as the end of a sentence; undefined when it is valid. */
export function collectionNameProblem(name: string): string | undefined {
  const bytes = Buffer.byteLength(name);
  if (bytes < 3 || bytes > 128) return `must be 3 to 128 bytes long, this is ${bytes}`;
  if (!/^[A-Za-z0-9._-]*$/.test(name)) return "may hold only letters and digits of ASCII, `.`, `_` and `-`";
  if (!/^[A-Za-z0-9].*[A-Za-z0-9]$/.test(name)) return "must start and end with a letter or digit";
  if (name.includes("..")) return "must not hold two dots in a row";
  if (isIP(name) !== 0) return "must not be an IP address";
  return undefined;
}
