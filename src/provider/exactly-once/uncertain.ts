import { printable } from "../../api/errors.js";
import { type Job, jobProgress } from "../../api/index.js";
import type { Context } from "../context.js";
import type { Creation } from "./creation.js";

const SHOWN = 10;
const MAYBE = "The service may have accepted it.";

/**
 * The service may have accepted a request, and no list shows which invocation came of it. What is known
 * stays in the journal, so that the next run looks again before it sends anything.
 */
export class UncertainError extends Error {
  override name = "UncertainError";
}

type Listing = Pick<Creation<unknown>, "list">;

/** Something is listed that may be it. */
export function resembled(
  { advice }: Pick<Creation<unknown>, "advice">,
  cause: Error | undefined,
  words: string,
): UncertainError {
  return new UncertainError(`${MAYBE} One of these may be it: ${words}. ${advice}${said(cause)}`, { cause });
}

/** The list could not be read. */
export function unlooked({ list }: Listing, cause: Error | undefined, failure: Error): UncertainError {
  return new UncertainError(
    `${MAYBE} The list that would show it could not be read, so it was not sent again: ${failure.message} ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause: cause ?? failure },
  );
}

/** The update ended before it was found out. */
export function interrupted({ list }: Listing, cause: Error | undefined): UncertainError {
  return new UncertainError(
    `${MAYBE} The update was cancelled before that could be found out. ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause },
  );
}

/** Sent as often as it may be, and not listed. */
export function unlisted(
  { settleMs }: Pick<Context, "settleMs">,
  { list }: Listing,
  cause: Error,
): UncertainError {
  return new UncertainError(
    `${MAYBE} It was sent twice, and after ${Math.round(settleMs / 1000)} s the list shows no invocation of it. ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause },
  );
}

/** Refused when it was sent again. */
export function refused({ list }: Listing, cause: Error): UncertainError {
  return new UncertainError(
    `${MAYBE} The first request was not answered and the list shows no invocation of it; the second request failed. ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause },
  );
}

function said(cause: Error | undefined): string {
  return cause ? ` The request: ${cause.message}` : "";
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
