import { hash } from "node:crypto";

/** The start of a SHA-256 digest in base64url: so many characters of 6 bits each. */
export function digest(content: string | Buffer, length: number): string {
  return hash("sha256", content, "base64url").slice(0, length);
}
