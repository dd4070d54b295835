import { z } from "zod";
import { changed } from "./changes.js";
import { collectionName } from "./names.js";
import { parse, parseQuery } from "./parse.js";
import { badRequest, conflict, notFound, RefusalError, type Reply, type Request } from "./reply.js";
import * as schemas from "./schemas.js";
import { newId, type State } from "./state.js";
import type { StoredSource } from "./stored.js";

/** `GET /api/v1/sources/{source_id}` */
export function getSource(state: State, _request: Request, id: string): Reply {
  return { status: 200, body: wireSource(findSource(state, id)) };
}

/** `GET /api/v1/sources` */
export function listSources(state: State, { query }: Request): Reply {
  const { database_name, source_type, limit, offset, order_by } = parseQuery(schemas.listSources, query);
  if (database_name !== undefined) requireDatabase(state, database_name);
  const found = [...state.sources.values()]
    .filter((source) => database_name === undefined || source.database_name === database_name)
    .filter((source) => !source_type || source[source_type] !== undefined);
  if (order_by === "DESC") found.reverse();
  return { status: 200, body: found.slice(offset, offset + limit).map(wireSource) };
}

/** `POST /api/v1/sources` */
export function createSource(state: State, request: Request): Reply {
  const body = parse(createBody, withoutNulls(request.body));
  requireOwner(state, request);
  requireDatabase(state, body.database_name);
  const id = newId();
  const source: StoredSource = { ...body, id, created_at: new Date(state.behaviour.now()).toISOString() };
  const same = [...state.sources.values()].find((other) => identity(other) === identity(source));
  if (same) throw conflict(`Source exists: ${same.id} reads the same`);
  state.sources.set(id, source);
  changed(state, { type: "source", source });
  return { status: 201, body: { source_id: id } };
}

/** `DELETE /api/v1/sources/{source_id}`; its invocations keep running. */
export function deleteSource(state: State, request: Request, id: string): Reply {
  const source = findSource(state, id);
  requireOwner(state, request);
  state.sources.delete(source.id);
  changed(state, { type: "source-deleted", id: source.id });
  return { status: 204 };
}

/** The source of an id; 400 if it is not a UUID, 404 if it does not exist. */
export function findSource(state: State, id: string): StoredSource {
  const source = state.sources.get(requireUuid(id));
  if (!source) throw notFound(`source ${id} does not exist`);
  return source;
}

/** An id in the form in which it is kept. */
export function requireUuid(id: string): string {
  if (!z.guid().safeParse(id).success) throw badRequest(`${id} is not a UUID`);
  return id.toLowerCase();
}

/** 404 for a database that does not exist; without a list of databases every name does. */
export function requireDatabase(state: State, name: string): void {
  if (state.databases && !state.databases.has(name)) throw notFound(`database ${name} does not exist`);
}

function requireOwner({ behaviour }: State, { token }: Request): void {
  if (behaviour.memberTokens.includes(token ?? ""))
    throw new RefusalError(403, "Forbidden", "only owners and admins of the team may do this");
}

const createBody = z
  .object({
    ...schemas.commonSource,
    github: schemas.github.optional(),
    s3: schemas.s3.extend({ collection_name: collectionName }).superRefine(checkCredentials).optional(),
    web_scrape: schemas.webScrape.optional(),
    file_upload: z.never("file_upload sources are made by uploads, not by this operation").optional(),
  })
  .refine(
    ({ github, s3, web_scrape }) => [github, s3, web_scrape].filter(Boolean).length === 1,
    "must have exactly one of github, s3 and web_scrape",
  );

/** The id of saved credentials, or both keys. */
function checkCredentials(
  { aws_credential_id, aws_access_key_id, aws_secret_access_key }: z.infer<typeof schemas.s3>,
  context: z.RefinementCtx,
): void {
  const fail = (message: string) => context.addIssue({ code: "custom", message });
  if ((aws_access_key_id === undefined) !== (aws_secret_access_key === undefined))
    fail("aws_access_key_id and aws_secret_access_key go together");
  else if ((aws_credential_id === undefined) === (aws_access_key_id === undefined))
    fail("must have aws_credential_id, or aws_access_key_id and aws_secret_access_key, and not both");
}

/** Null is the same as absent, at every depth. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const present = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(present.map(([key, item]) => [key, withoutNulls(item)]));
}

/** What two sources of a database cannot share. The document does not say; this is the least that must differ. */
function identity({ database_name, github, s3, web_scrape }: StoredSource): string {
  return JSON.stringify([
    database_name,
    github && [github.repository, github.app_id ?? null],
    s3 && [s3.bucket_name, s3.path_prefix ?? ""],
    web_scrape && [web_scrape.starting_url],
  ]);
}

/** A source with what every reply carries, and without what must never be echoed. */
function wireSource(source: StoredSource): unknown {
  const { embedding, embedding_model, chunking, s3, ...rest } = source;
  const { aws_access_key_id, aws_secret_access_key: _secret, ...openS3 } = s3 ?? {};
  const dense = embedding?.dense ?? { model: "Qwen/Qwen3-Embedding-0.6B" };
  // Inline keys are stored for the team, and a credential id is given for them.
  const credential = s3 && aws_access_key_id !== undefined ? { aws_credential_id: 1 } : {};
  return {
    ...rest,
    ...(s3 ? { s3: { ...openS3, ...credential } } : {}),
    embedding_model: typeof embedding_model === "object" ? embedding_model : dense,
    embedding: { ...embedding, dense },
    chunking: chunking ?? { type: "tree_sitter" },
  };
}
