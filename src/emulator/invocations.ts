import { z } from "zod";
import { advance, collectionKey, wireJob } from "./jobs.js";
import { badRequest, conflict, notFound, Refusal, type Reply, type Request } from "./reply.js";
import { checkPayload, type Payload } from "./rules.js";
import { newId, type State, type StoredJob, type StoredSource } from "./state.js";

/** `POST /api/v1/sources/{source_id}/invocations` */
export function createInvocation(state: State, request: Request, sourceId: string): Reply {
  const source = findSource(state, sourceId);
  const payload = checkPayload(source, request.body);
  const collection = payload.target_collection_name ?? source.s3!.collection_name;
  for (const job of state.jobs.values()) advance(state, job);
  if (!source.s3 && state.finished.has(collectionKey(source.database_name, collection)))
    throw conflict(`Invocation exists: collection ${collection} has finished its sync`);
  const job: StoredJob = {
    id: newId(),
    sourceId: source.id,
    createdAt: state.behaviour.now(),
    collection,
    database: source.database_name,
    kind: jobKind(source, payload),
    status: "pending",
  };
  state.jobs.set(job.id, job);
  return { status: 201, body: { invocation_id: job.id } };
}

/** `GET /api/v1/invocations` */
export function listInvocations(state: State, { query }: Request): Reply {
  const filters = listQuery.safeParse(Object.fromEntries(query));
  if (!filters.success)
    throw badRequest(`${filters.error.issues[0]!.path.join(".")}: ${filters.error.issues[0]!.message}`);
  const { source_id, database_name, source_type, status, limit, offset, order_by } = filters.data;
  if (source_id && database_name) throw badRequest("source_id and database_name exclude each other");
  if (source_id) findSource(state, source_id);
  const found = [...state.jobs.values()]
    .map((job) => advance(state, job))
    .filter((job) => !source_id || job.sourceId === source_id.toLowerCase())
    .filter((job) => !database_name || job.database === database_name)
    .filter((job) => !source_type || source_type in job.kind)
    .filter((job) => !status || statusWord(job) === status);
  if (order_by === "DESC") found.reverse();
  return { status: 200, body: found.slice(offset, offset + limit).map(wireJob) };
}

/** `GET /api/v1/invocations/{invocation_id}` */
export function getInvocation(state: State, _request: Request, id: string): Reply {
  return { status: 200, body: wireJob(findJob(state, id)) };
}

/** `PUT /api/v1/invocations/{invocation_id}` */
export function cancelInvocation(state: State, _request: Request, id: string): Reply {
  const job = findJob(state, id);
  if (job.status !== "pending")
    throw new Refusal(412, "PreconditionFailed", "only a pending invocation can be cancelled");
  job.status = "cancelled";
  return { status: 202, body: {} };
}

/** The source of an id; 400 for what is no UUID, 404 for one that is not there. */
export function findSource(state: State, id: string): StoredSource {
  const source = state.sources.get(requireUuid(id));
  if (!source) throw notFound(`source ${id} does not exist`);
  return source;
}

function findJob(state: State, id: string): StoredJob {
  const job = state.jobs.get(requireUuid(id));
  if (!job) throw notFound(`invocation ${id} does not exist`);
  return advance(state, job);
}

function requireUuid(id: string): string {
  if (!z.guid().safeParse(id).success) throw badRequest(`${id} is not a UUID`);
  return id.toLowerCase();
}

const count = z.coerce.number().int().min(0);
/** Filters of the lists. */
export const listQuery = z.object({
  source_id: z.string().optional(),
  database_name: z.string().optional(),
  source_type: z.enum(["github", "s3", "web_scrape"]).optional(),
  status: z.enum(["pending", "processing", "complete", "failed", "cancelled"]).optional(),
  limit: count.default(100),
  offset: count.default(0),
  order_by: z.enum(["ASC", "DESC"]).default("DESC"),
});

function statusWord(job: StoredJob): string {
  return typeof job.status === "string" ? job.status : Object.keys(job.status)[0]!;
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
  if (source.github)
    return {
      github: { repository: source.github.repository, git_ref_identifier: payload.ref_identifier ?? null },
    };
  return { web_scrape: null };
}
