import { contentProblem } from "./content.js";
import type { State, StoredJob } from "./state.js";

/** Moves a job to where the clock says that it is. */
export function advance(state: State, job: StoredJob): StoredJob {
  const { now, pendingMs, processingMs } = state.behaviour;
  const startsAt = job.createdAt + pendingMs;
  if (job.status === "pending" && now() >= startsAt) job.status = "processing";
  if (job.status === "processing" && now() >= startsAt + processingMs)
    end(state, job, startsAt + processingMs);
  return job;
}

function end(state: State, job: StoredJob, endsAt: number): void {
  const error = contentProblem(state, job);
  if (error) {
    job.status = { failed: { error } };
    return;
  }
  job.status = {
    complete: { finished_at: new Date(endsAt).toISOString(), duration_ms: state.behaviour.processingMs },
  };
  // S3 syncs add to one collection for ever, so only the others can mark it as finished.
  if (!("s3" in job.kind || "file_upload" in job.kind))
    state.finished.add(collectionKey(job.database, job.collection));
}

/** A collection is known by its name within its database. */
export function collectionKey(database: string, collection: string): string {
  return JSON.stringify([database, collection]);
}

/** A Job as the API document describes it. */
export function wireJob(job: StoredJob): unknown {
  return {
    id: job.id,
    source_id: job.sourceId,
    created_at: new Date(job.createdAt).toISOString(),
    status: job.status,
    metadata: { collection_name: job.collection, database_name: job.database, ...job.kind },
  };
}
