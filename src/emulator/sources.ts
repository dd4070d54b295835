import { findSource, listQuery } from "./invocations.js";
import { advance, wireJob } from "./jobs.js";
import { badRequest, conflict, type Reply, type Request } from "./reply.js";
import { seedSource } from "./seed.js";
import { newId, type State, type StoredSource } from "./state.js";

/** `POST /api/v1/sources` */
export function createSource(state: State, { body }: Request): Reply {
  const parsed = seedSource.safeParse(body);
  if (!parsed.success)
    throw badRequest(
      `${parsed.error.issues[0]!.path.join(".") || "body"}: ${parsed.error.issues[0]!.message}`,
    );
  const source: StoredSource = {
    ...parsed.data,
    id: newId(),
    created_at: new Date(state.behaviour.now()).toISOString(),
  };
  checkCredentials(source.s3 as Record<string, unknown> | undefined);
  for (const other of state.sources.values())
    if (uniqueness(other) === uniqueness(source)) throw conflict(`Source exists: ${other.id}`);
  if (source.s3?.aws_access_key_id) source.s3.aws_credential_id = state.sources.size + 1;
  state.sources.set(source.id, source);
  return { status: 201, body: { source_id: source.id } };
}

/** `GET /api/v1/sources` */
export function listSources(state: State, { query }: Request): Reply {
  const filters = listQuery.safeParse(Object.fromEntries(query));
  if (!filters.success)
    throw badRequest(`${filters.error.issues[0]!.path.join(".")}: ${filters.error.issues[0]!.message}`);
  const { database_name, source_type, limit, offset, order_by } = filters.data;
  const found = [...state.sources.values()]
    .filter((source) => !database_name || source.database_name === database_name)
    .filter((source) => !source_type || source[source_type] !== undefined);
  if (order_by === "DESC") found.reverse();
  return { status: 200, body: found.slice(offset, offset + limit).map(wireSource) };
}

/** `GET /api/v1/sources/{source_id}` */
export function getSource(state: State, _request: Request, id: string): Reply {
  return { status: 200, body: wireSource(findSource(state, id)) };
}

/** `DELETE /api/v1/sources/{source_id}` */
export function deleteSource(state: State, _request: Request, id: string): Reply {
  state.sources.delete(findSource(state, id).id);
  return { status: 204 };
}

/** `POST /api/v1/sources/{source_id}/invocations/latest-by-keys` */
export function latestByKeys(state: State, { body }: Request, id: string): Reply {
  const source = findSource(state, id);
  const keys = (body as { object_keys?: unknown } | undefined)?.object_keys;
  if (!Array.isArray(keys)) throw badRequest("object_keys must be a list");
  const latest: Record<string, unknown> = {};
  for (const job of state.jobs.values()) {
    const key = (job.kind.s3 as { object_key?: string } | undefined)?.object_key;
    if (job.sourceId === source.id && key !== undefined && keys.includes(key))
      latest[key] = wireJob(advance(state, job));
  }
  return { status: 200, body: latest };
}

function checkCredentials(s3: Record<string, unknown> | undefined): void {
  if (!s3) return;
  const [id, key, secret] = [s3.aws_credential_id, s3.aws_access_key_id, s3.aws_secret_access_key].map(
    (value) => value !== undefined && value !== null,
  );
  if (key !== secret || (id && key))
    throw badRequest("give aws_credential_id, or aws_access_key_id with aws_secret_access_key");
}

/** A source without what must never be echoed. */
function wireSource(source: StoredSource): unknown {
  if (!source.s3) return source;
  const { aws_access_key_id: _id, aws_secret_access_key: _secret, ...s3 } = source.s3;
  return { ...source, s3 };
}

/** The document does not say what is counted as the same source; the dashboard shows one repository once per App. */
function uniqueness({ database_name, github, s3, web_scrape }: StoredSource): string {
  return JSON.stringify([
    database_name,
    github && [github.repository, github.app_id ?? null],
    s3 && [s3.bucket_name, s3.path_prefix ?? null],
    web_scrape?.starting_url,
  ]);
}
