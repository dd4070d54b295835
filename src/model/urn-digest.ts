import { digest } from "./digest.js";

/** What stands for a URN if it is not needed in full: state holds it twice, so it is short. */
export function urnDigest(urn: string): string {
  return urn.startsWith("urn:") ? digest(urn, 12) : urn;
}
