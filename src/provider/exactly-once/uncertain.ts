import { printable } from "../../api/errors.js";
import { type Job, jobProgress } from "../../api/index.js";

const SHOWN = 10;

/**
 * The service may have accepted a request, and no list shows which invocation came of it. What is known
 * stays in the journal, so that the next run looks again before it sends anything.
 */
export class UncertainError extends Error {
  override name = "UncertainError";
}

/** Invocations with what tells them apart, for a message. */
export function listed(jobs: readonly Job[]): string {
  const words = jobs.slice(0, SHOWN).map(describe);
  return words.join(", ") + (jobs.length > SHOWN ? ` and ${jobs.length - SHOWN} more` : "");
}

function describe(job: Job): string {
  const { id, created_at: createdAt } = job;
  const ref = (job.metadata as { github?: { git_ref_identifier?: unknown } }).github?.git_ref_identifier;
  const parts = [
    jobProgress(job).status,
    `created ${createdAt || "at an unknown time"}`,
    ref ? JSON.stringify(ref) : "",
  ];
  return printable(`${id || "one without a valid id"} (${parts.filter(Boolean).join(", ")})`, 200);
}
