import type { CreateInvocationPayload, Job } from "../../api/index.js";
import { sorted } from "../canonical.js";
import type { Context } from "../context.js";

/** An invocation that is asked for, as a list would show it. */
export interface Wanted {
  sourceId: string;
  payload: CreateInvocationPayload;
  /** The collection that it writes to; undefined where it could not be found out. */
  collection: string | undefined;
}

/** One text for all jobs of an S3 source that do the same: object key, custom id and metadata. */
export function objectText(
  key: string | undefined,
  customId: string | null | undefined,
  metadata: Record<string, unknown> | null | undefined,
): string {
  return JSON.stringify([key, customId ?? null, sorted(metadata ?? {}, true)]);
}

/** The same of a job; undefined where it is of no S3 object. */
export function objectTextOf(job: Job): string | undefined {
  const { s3 } = job.metadata as JobMetadata;
  return s3 && objectText(s3.object_key, s3.custom_id, s3.additional_metadata);
}

/** Whether a job is what was asked for: its collection, ref or object key, custom id and metadata. */
export function matches(job: Job, { payload, collection }: Wanted): boolean {
  const { collection_name, s3, github } = job.metadata as JobMetadata;
  if (collection !== undefined && collection_name && collection_name !== collection) return false;
  if (payload.object_key !== undefined)
    return objectTextOf(job) === objectText(payload.object_key, payload.custom_id, payload.metadata);
  return !s3 && sameRef(github?.git_ref_identifier, payload.ref_identifier);
}

/**
 * The invocations of a source that the service accepted at or after a time of the local clock, newest
 * first. The service's clock is allowed for, by its last answer.
 */
export async function acceptedSince(
  context: Pick<Context, "client">,
  sourceId: string,
  localTime: number,
): Promise<Job[]> {
  const found: Job[] = [];
  const client = context.client();
  for await (const job of client.invocations({ source_id: sourceId, order_by: "DESC" })) {
    if (Date.parse(job.created_at) < wholeSecond(localTime + client.clockOffsetMs)) break;
    found.push(job);
  }
  return found;
}

/** Ids of jobs with what tells them apart, for an error. */
export function listed(jobs: Job[]): string {
  const words = jobs.slice(0, 10).map((job) => {
    const { status } = job;
    const state = typeof status === "string" ? status : Object.keys(status)[0];
    const ref = (job.metadata as JobMetadata).github?.git_ref_identifier;
    return `${job.id} (${[state, `created ${job.created_at}`, ref ? JSON.stringify(ref) : ""].filter(Boolean).join(", ")})`;
  });
  return words.join(", ") + (jobs.length > 10 ? ` and ${jobs.length - 10} more` : "");
}

interface JobMetadata {
  collection_name?: string | null;
  s3?: {
    object_key?: string;
    custom_id?: string | null;
    additional_metadata?: Record<string, unknown> | null;
  };
  github?: { git_ref_identifier?: { sha?: string; branch?: string } | null };
}

/** Times of a service may have whole seconds. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** Without a ref the service syncs the default branch, and may list it as a branch or as nothing. */
function sameRef(
  listed: { sha?: string; branch?: string } | null | undefined,
  asked: CreateInvocationPayload["ref_identifier"],
): boolean {
  if (asked === undefined) return !listed?.sha;
  if ("sha" in asked) return listed?.sha?.toLowerCase() === asked.sha.toLowerCase();
  return listed?.branch === asked.branch;
}
