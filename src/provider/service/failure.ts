import { type Job, jobProgress } from "../../api/index.js";
import { withoutValues } from "../../api/redact.js";

/**
 * Why an invocation failed, without the values of its metadata: the service may quote them, and they may be
 * secret. `metadata` is what the inputs say; the invocation itself lists what was sent for it.
 */
export function failureOf(job: Job, metadata: unknown): string | undefined {
  const { error } = jobProgress(job);
  return error === undefined ? undefined : withoutValues(error, [metadata, ownMetadata(job)]);
}

function ownMetadata({ metadata }: Job): unknown {
  const { s3 } = metadata as { s3?: { additional_metadata?: Record<string, unknown> } | null };
  // The service adds the custom id, which the user did not send as metadata.
  const { custom_id: _added, ...own } = s3?.additional_metadata ?? {};
  return own;
}
