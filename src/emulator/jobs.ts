import { changed } from "./changes.js";
import { appends, collectionKey, type State } from "./state.js";
import type { Outcome, StoredJob } from "./stored.js";

/** Moves a job to where the clock says that it is; it ends once its content has been read, too. */
export function advance(state: State, job: StoredJob): StoredJob {
  const { now, pendingMs, processingMs } = state.behaviour;
  const startsAt = job.createdAt + pendingMs;
  if (job.status === "pending" && now() >= startsAt) {
    job.status = "processing";
    changed(state, { type: "job", job });
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
  changed(state, { type: "job", job });
  if (error !== undefined || appends(job.source)) return;
  const key = collectionKey(job.database, job.collection);
  state.finished.add(key);
  changed(state, { type: "finished", key });
}

/** Puts a job where every operation looks for it. */
export function indexJob(state: State, job: StoredJob): void {
  state.jobs.set(job.id, job);
  if (!hasEnded(job)) state.open.add(job);
  append(state.jobsOfSource, job.sourceId, job);
  if (!appends(job.source)) append(state.jobsOfCollection, collectionKey(job.database, job.collection), job);
}

/** Whether a job will not change any more. */
export function hasEnded({ status }: StoredJob): boolean {
  return status !== "pending" && status !== "processing";
}

/** The status of a job without its details. */
export function statusWord({ status }: StoredJob): string {
  return typeof status === "string" ? status : Object.keys(status)[0]!;
}

function append(index: Map<string, StoredJob[]>, key: string, job: StoredJob): void {
  const jobs = index.get(key);
  if (jobs) jobs.push(job);
  else index.set(key, [job]);
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
