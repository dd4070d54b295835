import { createHash } from "node:crypto";

/** What stands for a URN where it is not needed in full: state holds it twice, so it is short. */
export function urnDigest(urn: string): string {
  return urn.startsWith("urn:") ? createHash("sha256").update(urn).digest("base64url").slice(0, 12) : urn;
}
