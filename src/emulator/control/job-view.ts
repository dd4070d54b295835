import { type Cost, costOf } from "../cost.js";
import { statusWord } from "../jobs.js";
import type { State } from "../state.js";
import type { StoredJob, Volume } from "../stored.js";

/** An invocation as the console shows it. */
export interface JobView {
  id: string;
  source: string;
  database: string;
  collection: string;
  kind: string;
  /** The object, ref, file or address that it syncs. */
  key: string;
  status: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  error?: string;
  durationMs?: number;
  volume?: Volume;
  cost?: Cost;
}

/** An invocation as the console shows it. */
export function viewOf(state: State, job: StoredJob): JobView {
  const { id, sourceId, createdAt, status, database, collection, kind, volume } = job;
  const cost = costOf(state, job);
  const ended = typeof status === "string" ? undefined : status;
  return {
    id,
    source: sourceId,
    database,
    collection,
    kind: Object.keys(kind)[0] ?? "",
    key: keyOf(job),
    status: statusWord(job),
    createdAt,
    ...(ended && "failed" in ended ? { error: ended.failed.error } : {}),
    ...(ended && "complete" in ended ? { durationMs: Number(ended.complete.duration_ms) } : {}),
    ...(volume ? { volume } : {}),
    ...(cost ? { cost } : {}),
  };
}

function keyOf({ kind, source }: StoredJob): string {
  const { s3, github, file_upload } = kind as {
    s3?: { object_key: string };
    github?: { git_ref_identifier: { sha?: string; branch?: string } };
    file_upload?: { filename: string };
  };
  const ref = github?.git_ref_identifier;
  return (
    s3?.object_key ??
    ref?.sha ??
    ref?.branch ??
    file_upload?.filename ??
    source.web_scrape?.starting_url ??
    ""
  );
}
