import { changed } from "./changes.js";
import { advance, indexJob, statusWord, wireJob } from "./jobs.js";
import { parse, parseQuery } from "./parse.js";
import {
  badRequest,
  conflict,
  notFound,
  RefusalError,
  type Reply,
  type Request,
  type UploadedFile,
} from "./reply.js";
import { checkPayload, type Payload } from "./rules.js";
import * as schemas from "./schemas.js";
import { findSource, requireUuid } from "./sources.js";
import { collectionKey, newId, type State } from "./state.js";
import type { StoredJob, StoredSource } from "./stored.js";

/** `POST /api/v1/sources/{source_id}/invocations` */
export function createInvocation(state: State, request: Request, sourceId: string): Reply {
  const source = findSource(state, sourceId);
  const payload = checkPayload(source, request.body);
  const collection = payload.target_collection_name ?? source.s3!.collection_name;
  const key = collectionKey(source.database_name, collection);
  // Jobs advance lazily: catch up first.
  for (const job of state.jobsOfCollection.get(key) ?? []) advance(state, job);
  if (state.finished.has(key))
    throw conflict(`Invocation exists: collection ${collection} has finished its sync`);
  const job = storeJob(state, source, collection, jobKind(source, payload));
  return { status: 201, body: { invocation_id: job.id } };
}

/** A new job, pending. */
export function storeJob(
  state: State,
  source: StoredSource,
  collection: string,
  kind: StoredJob["kind"],
  upload?: UploadedFile,
): StoredJob {
  const job: StoredJob = {
    id: newId(),
    sourceId: source.id,
    createdAt: state.behaviour.now(),
    collection,
    database: source.database_name,
    kind,
    source,
    status: "pending",
    ...(upload ? { upload } : {}),
  };
  indexJob(state, job);
  changed(state, { type: "job", job });
  return job;
}

/** `POST /api/v1/sources/{source_id}/invocations/latest-by-keys` */
export function latestByKeys(state: State, request: Request, sourceId: string): Reply {
  const source = findSource(state, sourceId);
  const keys = new Set(parse(schemas.latestByKeys, request.body).object_keys);
  const found: Record<string, unknown> = Object.create(null);
  const jobs = state.jobsOfSource.get(source.id) ?? [];
  for (let index = jobs.length - 1; index >= 0 && keys.size > 0; index--) {
    const key = (jobs[index]!.kind as { s3?: { object_key: string } }).s3?.object_key;
    if (key !== undefined && keys.delete(key)) found[key] = wireJob(advance(state, jobs[index]!));
  }
  return { status: 200, body: found };
}

/** `GET /api/v1/invocations` */
export function listInvocations(state: State, { query }: Request): Reply {
  const { source_id, database_name, source_type, status, limit, offset, order_by } = parseQuery(
    schemas.listInvocations,
    query,
  );
  if (source_id && database_name !== undefined)
    throw badRequest("source_id and database_name exclude each other");
  if (source_id) findSource(state, source_id);
  const jobs = source_id ? (state.jobsOfSource.get(source_id.toLowerCase()) ?? []) : [...state.jobs.values()];
  const fits = (job: StoredJob) =>
    (database_name === undefined || job.database === database_name) &&
    (!source_type || source_type in job.kind) &&
    (!status || statusWord(advance(state, job)) === status);
  // Only as far as the page goes: a list may be long.
  const found: StoredJob[] = [];
  for (let index = 0; index < jobs.length && found.length < offset + limit; index++) {
    const job = jobs[order_by === "DESC" ? jobs.length - 1 - index : index]!;
    if (fits(job)) found.push(job);
  }
  return { status: 200, body: found.slice(offset).map((job) => wireJob(advance(state, job))) };
}

/** `GET /api/v1/invocations/{invocation_id}` */
export function getInvocation(state: State, _request: Request, id: string): Reply {
  return { status: 200, body: wireJob(findJob(state, id)) };
}

/** `PUT /api/v1/invocations/{invocation_id}` */
export function cancelInvocation(state: State, _request: Request, id: string): Reply {
  const job = findJob(state, id);
  if (job.status !== "pending")
    throw new RefusalError(412, "PreconditionFailed", "only a pending invocation can be cancelled");
  job.status = "cancelled";
  state.open.delete(job);
  changed(state, { type: "job", job });
  return { status: 202, body: {} };
}

function findJob(state: State, id: string): StoredJob {
  const job = state.jobs.get(requireUuid(id));
  if (!job) throw notFound(`invocation ${id} does not exist`);
  return advance(state, job);
}

function jobKind(source: StoredSource, payload: Payload): Record<string, unknown> {
  if (source.s3)
    return {
      s3: {
        bucket_name: source.s3.bucket_name,
        object_key: payload.object_key,
        custom_id: payload.custom_id ?? null,
        additional_metadata: payload.metadata ?? null,
      },
    };
  if (source.github) return { github: { git_ref_identifier: refOf(payload) } };
  return { web_scrape: null };
}

/** The ref without whatever else was sent with it; without one the default branch. */
function refOf({ ref_identifier }: Payload): { sha: unknown } | { branch: unknown } {
  const { sha, branch } = ref_identifier ?? {};
  return sha == null ? { branch: branch ?? "HEAD" } : { sha };
}
