import type { z } from "zod";
import { changed } from "./changes.js";
import { storeJob } from "./invocations.js";
import { metadata as chunkMetadata } from "./metadata.js";
import { parse } from "./parse.js";
import { badRequest, type Reply, type Request } from "./reply.js";
import * as schemas from "./schemas.js";
import { requireDatabase } from "./sources.js";
import { newId, type State } from "./state.js";
import type { StoredSource } from "./stored.js";

/** The most that the service takes of one file. */
export const MAX_BYTES = 209_715_200;
const MAX_METADATA_BYTES = 16 * 1024;
// What the document says that an upload gets which asks for nothing; the key of its sparse vectors is not part of it.
const EMBEDDING: z.output<typeof schemas.embedding> = {
  dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: { task_name: "generic_retrieval" } },
  sparse: { model: "prithivida/Splade_PP_en_v1", key: "sparse_embedding" },
};
const CHUNKING: z.output<typeof schemas.chunking> = { type: "tree_sitter" };

/** `POST /api/v1/add-file` */
export function addFile(state: State, request: Request): Reply {
  const { form, uploadLength } = request;
  if (!form) throw badRequest("the body must be multipart/form-data");
  const names = form.map(([name]) => name);
  if (new Set(names).size < names.length) throw badRequest("a field is given more than once");
  const file = form.find(([name]) => name === "file")?.[1];
  if (!file || typeof file === "string") throw badRequest("file is required");
  for (const name of ["database_name", "collection_name"])
    if (!names.includes(name) || names.indexOf(name) > names.indexOf("file"))
      throw badRequest(`${name} must come before file`);
  if (!Number.isInteger(uploadLength) || uploadLength! < 1 || uploadLength! > MAX_BYTES)
    throw badRequest(`x-upload-content-length must be from 1 to ${MAX_BYTES}`);
  if (file.size !== uploadLength)
    throw badRequest("the file has another size than x-upload-content-length says");
  const texts = form.filter((part): part is [string, string] => typeof part[1] === "string");
  const fields = parse(schemas.uploadFields, Object.fromEntries(texts));
  const metadata = metadataOf(fields.metadata);
  const embedding = parse(schemas.embedding.default(EMBEDDING), json("embedding", fields.embedding));
  const chunking = parse(schemas.chunking.default(CHUNKING), json("chunking", fields.chunking));
  requireDatabase(state, fields.database_name);
  const source = { ...uploadSource(state, fields.database_name), embedding, chunking };
  const file_upload = {
    filename: file.name,
    custom_id: fields.custom_id ?? null,
    additional_metadata: metadata ?? null,
  };
  const job = storeJob(state, source, fields.collection_name, { file_upload }, file);
  return { status: 201, body: { invocation_id: job.id } };
}

/** The first upload of a database makes its source, and the others use it. */
function uploadSource(state: State, database: string): StoredSource {
  const known = [...state.sources.values()].find(
    (source) => source.file_upload && source.database_name === database,
  );
  if (known) return known;
  const created_at = new Date(state.behaviour.now()).toISOString();
  const source: StoredSource = {
    id: newId(),
    database_name: database,
    embedding: EMBEDDING,
    chunking: CHUNKING,
    file_upload: {},
    created_at,
  };
  state.sources.set(source.id, source);
  changed(state, { type: "source", source });
  return source;
}

function metadataOf(text: string | undefined): Record<string, unknown> | undefined {
  if (Buffer.byteLength(text ?? "") > MAX_METADATA_BYTES) throw badRequest("metadata is above 16 KiB");
  const metadata = parse(chunkMetadata.optional(), json("metadata", text));
  const reserved = Object.keys(metadata ?? {}).find((key) => key.startsWith("chroma_"));
  if (reserved !== undefined) throw badRequest(`metadata: the key ${reserved} is reserved`);
  return metadata;
}

function json(field: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    throw badRequest(`${field} is not JSON`);
  }
}
