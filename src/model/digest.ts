import { createHash } from "node:crypto";

/** The start of a SHA-256 digest in base64url: so many characters of 6 bits each. */
export function digest(content: string | Buffer, length: number): string {
  return createHash("sha256").update(content).digest("base64url").slice(0, length);
}
