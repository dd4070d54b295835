import { z } from "zod";
import * as schemas from "./schemas.js";

const uuid = z.uuid();
const dateTime = z.string().meta({ format: "date-time" });

const error = z.object({ error: z.string(), message: z.string() });

const status = z.union([
  z.enum(["pending"]),
  z.enum(["processing"]),
  z.object({ complete: z.object({ finished_at: dateTime, duration_ms: z.int().min(0) }) }),
  z.object({ failed: z.object({ error: z.string() }) }),
  z.enum(["cancelled"]),
]);

const job = z.object({
  id: uuid,
  source_id: uuid.nullish(),
  created_at: dateTime,
  status,
  metadata: z.object({
    collection_name: z.string(),
    database_name: z.string(),
    github: z
      .object({
        git_ref_identifier: z.union([z.object({ sha: z.string() }), z.object({ branch: z.string() })]),
      })
      .optional(),
    s3: z
      .object({
        bucket_name: z.string(),
        object_key: z.string().nullish(),
        custom_id: z.string().nullish(),
        additional_metadata: z.record(z.string(), z.unknown()).nullish(),
      })
      .optional(),
    web_scrape: z.null().optional(),
    file_upload: z
      .object({
        filename: z.string(),
        custom_id: z.string().nullish(),
        additional_metadata: z.record(z.string(), z.unknown()).nullish(),
      })
      .optional(),
  }),
});

const kinds = {
  github: schemas.github.optional(),
  s3: schemas.s3.optional(),
  web_scrape: schemas.webScrape.optional(),
  file_upload: z.object({}).optional(),
};

const source = z.object({
  id: uuid,
  database_name: z.string(),
  created_at: dateTime,
  embedding_model: schemas.denseModel,
  embedding: schemas.embedding,
  chunking: schemas.chunking,
  ...kinds,
});

const createSource = z.object({ ...schemas.commonSource, ...kinds });

interface Operation {
  method: "get" | "post" | "put" | "delete";
  path: string;
  operationId: string;
  query?: z.ZodObject;
  headers?: Record<string, z.ZodType>;
  body?: z.ZodType;
  multipart?: true;
  success: [status: number, schema: z.ZodType | undefined];
  errors: number[];
}

const SOURCE = "/api/v1/sources/{source_id}";
const INVOCATION = "/api/v1/invocations/{invocation_id}";
const idOf = (name: string) => z.object({ [name]: uuid });

const OPERATIONS: Operation[] = [
  { method: "get", path: "/health", operationId: "health_check", success: [200, undefined], errors: [503] },
  {
    method: "get",
    path: "/api/v1/sources",
    operationId: "list_sources",
    query: schemas.listSources,
    success: [200, z.array(source)],
    errors: [400, 401, 403, 404, 500],
  },
  {
    method: "post",
    path: "/api/v1/sources",
    operationId: "create_source",
    body: createSource,
    success: [201, idOf("source_id")],
    errors: [400, 401, 403, 404, 409, 500],
  },
  {
    method: "get",
    path: SOURCE,
    operationId: "get_source",
    success: [200, source],
    errors: [400, 401, 403, 404, 500],
  },
  {
    method: "delete",
    path: SOURCE,
    operationId: "delete_source",
    success: [204, undefined],
    errors: [400, 401, 403, 404, 500],
  },
  {
    method: "post",
    path: `${SOURCE}/invocations`,
    operationId: "create_job",
    body: schemas.createInvocation,
    success: [201, idOf("invocation_id")],
    errors: [400, 401, 403, 404, 409, 500],
  },
  {
    method: "post",
    path: `${SOURCE}/invocations/latest-by-keys`,
    operationId: "latest_invocations_by_keys",
    body: schemas.latestByKeys,
    success: [200, z.record(z.string(), job)],
    errors: [400, 401, 403, 404, 500],
  },
  {
    method: "get",
    path: "/api/v1/invocations",
    operationId: "list_jobs",
    query: schemas.listInvocations,
    success: [200, z.array(job)],
    errors: [400, 401, 403, 404, 500],
  },
  {
    method: "get",
    path: INVOCATION,
    operationId: "get_job",
    success: [200, job],
    errors: [400, 401, 403, 404, 500],
  },
  {
    method: "put",
    path: INVOCATION,
    operationId: "cancel_pending_job",
    success: [202, z.object({})],
    errors: [400, 401, 403, 404, 412, 500],
  },
  {
    method: "post",
    path: "/api/v1/add-file",
    operationId: "add_file",
    body: schemas.uploadFields.extend({ file: z.string().meta({ format: "binary" }) }),
    multipart: true,
    headers: { "x-upload-content-length": z.int().min(1).max(209_715_200) },
    success: [201, idOf("invocation_id")],
    errors: [400, 401, 403, 404, 429, 500],
  },
];

/** The API document of what the emulator takes and gives, from the schemas that validate it. */
export function openapi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method] = describe(operation);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Chroma Sync, emulated", version: "1" },
    paths,
    components: {
      securitySchemes: { "x-chroma-token": { type: "apiKey", in: "header", name: "x-chroma-token" } },
    },
  };
}

function describe({ path, operationId, query, headers, body, multipart, success, errors }: Operation) {
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter("path", name!, uuid, true)),
    ...Object.entries(query?.shape ?? {}).map(([name, schema]) =>
      parameter("query", name, schema as z.ZodType, false),
    ),
    ...Object.entries(headers ?? {}).map(([name, schema]) => parameter("header", name, schema, true)),
  ];
  const [status, reply] = success;
  const content = (schema: z.ZodType | undefined) =>
    schema ? { content: { "application/json": { schema: jsonSchema(schema, "output") } } } : {};
  const type = multipart ? "multipart/form-data" : "application/json";
  return {
    operationId,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: true, content: { [type]: { schema: jsonSchema(body, "input") } } } }
      : {}),
    responses: {
      [status]: { description: "Success", ...content(reply) },
      ...Object.fromEntries(
        errors.map((code) => [code, { description: "Error", ...(path === "/health" ? {} : content(error)) }]),
      ),
    },
    ...(path === "/health" ? {} : { security: [{ "x-chroma-token": [] }] }),
  };
}

function parameter(where: string, name: string, schema: z.ZodType, required: boolean) {
  return { in: where, name, required, schema: jsonSchema(schema, "input") };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
