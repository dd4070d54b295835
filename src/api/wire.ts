import { z } from "zod";
import { printable } from "./errors.js";

// Replies are parsed loosely: the published document has holes, and a field or kind that is new to
// this package must reach the caller instead of breaking a deployment.

/** An id has one form, whatever the case in which it is sent: what is none is not kept for one. */
const id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, "is not a UUID")
  .toLowerCase();

const complete = z.looseObject({
  complete: z.looseObject({ finished_at: z.string(), duration_ms: z.number() }),
});
const failed = z.looseObject({ failed: z.looseObject({ error: z.string() }) });

/** State of an invocation as the service sends it: a word, or an object for `complete` and `failed`. */
export const jobStatus = z.union([
  complete,
  failed,
  z.string(),
  // A state that is new to this package is known by its key.
  z.looseObject({}),
]);

/** One invocation ("Job" in the API document). */
export const job = z.looseObject({
  id,
  source_id: z.string().nullish(),
  created_at: z.string(),
  status: jobStatus,
  metadata: z.looseObject({ collection_name: z.string().nullish() }).catch({}),
});

/** An element of a list that is not what the API document describes: one of them must not hide the others. */
const unreadable = { id: "", created_at: "", status: "unknown", metadata: {} };

/** One invocation of a list. What cannot be read of it is empty. */
const listedJob = job
  .extend({
    id: id.catch(""),
    source_id: z.string().nullish().catch(undefined),
    created_at: z.string().catch(""),
    status: jobStatus.catch("unknown"),
  })
  .catch(unreadable);

/** One source. Exactly one of the kinds is present; kinds new to this package are kept. */
export const source = z.looseObject({
  id,
  database_name: z.string().nullish(),
  created_at: z.string().nullish(),
  github: z.looseObject({ repository: z.string() }).nullish(),
  s3: z
    .looseObject({
      bucket_name: z.string(),
      collection_name: z.string().nullish(),
      path_prefix: z.string().nullish(),
    })
    .nullish(),
  web_scrape: z.looseObject({ starting_url: z.string() }).nullish(),
});

export const createInvocationReply = z.looseObject({ invocation_id: id });
export const createSourceReply = z.looseObject({ source_id: id });
export const jobs = z.array(listedJob);
export const sources = z.array(source);
export const jobsByKey = z.record(z.string(), job);

/** One invocation ("Job" in the API document). */
export type Job = z.infer<typeof job>;
/** One source of the Sync service. */
export type Source = z.infer<typeof source>;

/** Body of `POST /api/v1/sources/{source_id}/invocations` (CreateJobPayload). */
export interface CreateInvocationPayload {
  object_key?: string;
  custom_id?: string;
  metadata?: Record<string, unknown>;
  ref_identifier?: { sha: string } | { branch: string };
  target_collection_name?: string;
}

/** Filters of `GET /api/v1/invocations`; `limit` defaults to 100 and `order_by` to DESC on the service. */
export interface ListInvocationsQuery {
  source_id?: string;
  database_name?: string;
  source_type?: "github" | "s3" | "web_scrape";
  status?: "pending" | "processing" | "complete" | "failed" | "cancelled";
  limit?: number;
  offset?: number;
  order_by?: "ASC" | "DESC";
}

/** The five states of an invocation. A word that is new to this package is passed through as it is. */
export type InvocationStatus = "pending" | "processing" | "complete" | "failed" | "cancelled";

/**
 * What a Job says about its progress, in the words of the resource's outputs. `switch (progress.status)`
 * tells the fields of each state.
 */
export type JobProgress = { createdAt: string } & (
  | { status: "pending" | "processing" | "cancelled"; finishedAt?: never; durationMs?: never; error?: never }
  | { status: "complete"; finishedAt: string; durationMs: number; error?: never }
  | { status: "failed"; error: string; finishedAt?: never; durationMs?: never }
);

/**
 * Reads the status union of a Job into one flat value. A state that is new to this package is passed
 * through in its own word.
 */
export function jobProgress({ status, created_at: createdAt }: Job): JobProgress {
  const other = (word: string) => ({ status: printable(word, 64) as "pending", createdAt });
  if (typeof status === "string") return other(status);
  if (isComplete(status)) {
    const { finished_at: finishedAt, duration_ms: durationMs } = status.complete;
    return { status: "complete", createdAt, finishedAt, durationMs };
  }
  if (isFailed(status)) return { status: "failed", createdAt, error: status.failed.error };
  return other(Object.keys(status)[0] ?? "unknown");
}

function isComplete(status: object): status is { complete: { finished_at: string; duration_ms: number } } {
  return complete.safeParse(status).success;
}

function isFailed(status: object): status is { failed: { error: string } } {
  return failed.safeParse(status).success;
}
