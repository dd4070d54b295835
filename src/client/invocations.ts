import type { InvocationStatus, JobProgress, Job as WireJob } from "../api/index.js";
import { jobProgress } from "../api/index.js";
import { fromWire } from "./names.js";

/** A commit or a branch (`GitRefIdentifier`). */
export type Ref = { sha: string } | { branch: string };

/** What a job is about (`IndexJobMetadata`). What it has beyond these fields is there too. */
export interface JobMetadata {
  /** `collection_name` that it writes to. */
  collectionName?: string | null;
  /** `database_name`. */
  databaseName?: string | null;
  github?: {
    /** `git_ref_identifier`. */
    gitRefIdentifier?: Ref | null;
  } | null;
  s3?: {
    /** `bucket_name`. */
    bucketName?: string;
    /** `object_key`. */
    objectKey?: string | null;
    /** `custom_id`. */
    customId?: string | null;
    /** `additional_metadata`: the metadata that the invocation was created with, its keys as they were. */
    additionalMetadata?: Record<string, unknown> | null;
  } | null;
}

/**
 * An invocation as the service tells it (`Job`), with its status flat: `switch (job.status)` tells which of
 * `finishedAt`, `durationMs` and `error` are there. A state that is new to this package is passed through by its name.
 */
export type Job = {
  id: string;
  /** `source_id`. */
  sourceId?: string | null;
  metadata: JobMetadata;
} & JobProgress;

/** A sync of an object of an S3 source (`CreateJobPayload`). */
export interface S3Invocation {
  /** `object_key`: the full key, with the source's path prefix. */
  objectKey: string;
  /** `custom_id`: prefix of chunk ids instead of the hash of the key, at most 120 bytes. */
  customId?: string;
  /** Metadata for every chunk. */
  metadata?: Record<string, unknown>;
  /** `target_collection_name`. Default: the source's own. */
  targetCollectionName?: string;
  refIdentifier?: never;
}

/** A sync of a GitHub source (`CreateJobPayload`). */
export interface GithubInvocation {
  /** `target_collection_name`. */
  targetCollectionName: string;
  /** `ref_identifier`. Default: the default branch. */
  refIdentifier?: Ref;
  objectKey?: never;
  customId?: never;
  metadata?: never;
}

/** A sync of a web source (`CreateJobPayload`). */
export interface WebInvocation {
  /** `target_collection_name`. */
  targetCollectionName: string;
  refIdentifier?: never;
  objectKey?: never;
  customId?: never;
  metadata?: never;
}

/** A new invocation, by the kind of its source. */
export type NewInvocation = S3Invocation | GithubInvocation | WebInvocation;

/** Filters of `GET /api/v1/invocations`: of one source or of one database, not of both. */
export interface InvocationFilter {
  /** `source_id`. */
  sourceId?: string;
  /** `database_name`. */
  databaseName?: string;
  /** `source_type`, in the service's words. */
  sourceType?: "github" | "s3" | "web_scrape";
  status?: InvocationStatus;
  /** `order_by` the time of creation. Default: `DESC`, the newest first. */
  orderBy?: "ASC" | "DESC";
}

/** A job in the words of this client. */
export function jobOf(wire: WireJob): Job {
  const { status: _status, created_at: _created, ...others } = wire;
  return { ...(fromWire(others) as Pick<Job, "id" | "metadata">), ...jobProgress(wire) };
}
