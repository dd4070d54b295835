import { withoutKeys } from "./changed-fields.js";
import type { SourceInputs, SourceState } from "./inputs.js";

/** Only settings of ours change in place; the keys that the service has are those of the old state. */
export function updateSource(
  { sourceId, createdAt, awsCredentialId, credentials, adopted }: SourceState,
  news: SourceInputs,
): SourceState {
  const seen = { createdAt, awsCredentialId, credentials, adopted };
  const kept = Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
  return { ...withoutKeys(news), ...kept, sourceId };
}
