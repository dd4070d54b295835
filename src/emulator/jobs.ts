import { appends, collectionKey, type State, type StoredJob } from "./state.js";
import type { Outcome } from "./sync/content.js";

/** Moves a job to where the clock says that it is; it ends once its content has been read, too. */
export function advance(state: State, job: StoredJob): StoredJob {
  const { now, pendingMs, processingMs } = state.behaviour;
  const startsAt = job.createdAt + pendingMs;
  if (job.status === "pending" && now() >= startsAt) {
    job.status = "processing";
    begin(state, job);
  }
  const endsAt = startsAt + processingMs;
  if (job.status === "processing" && job.outcome && now() >= endsAt) end(state, job, job.outcome, endsAt);
  return job;
}

function begin(state: State, job: StoredJob): void {
  const outcome = state.sync(job);
  if (outcome instanceof Promise)
    outcome.then((later) => {
      job.outcome = later;
    });
  else job.outcome = outcome;
}

function end(state: State, job: StoredJob, { error }: Outcome, endsAt: number): void {
  const finished_at = new Date(endsAt).toISOString();
  job.status =
    error === undefined
      ? { complete: { finished_at, duration_ms: state.behaviour.processingMs } }
      : { failed: { error } };
  state.open.delete(job);
  if (error === undefined && !appends(job.source))
    state.finished.add(collectionKey(job.database, job.collection));
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
