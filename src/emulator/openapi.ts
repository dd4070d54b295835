import { z } from "zod";
import { OPERATIONS, type Operation } from "./operations.js";
import { error, uuid } from "./reply-schemas.js";

/** The API document of what the emulator takes and gives, from the schemas that validate it. */
export function openapi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = describe(operation);
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

function describe(operation: Operation) {
  const { path, operationId, query, headers, body, multipart, success, errors, open } = operation;
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
        errors.map((code) => [code, { description: "Error", ...(open ? {} : content(error)) }]),
      ),
    },
    ...(open ? {} : { security: [{ "x-chroma-token": [] }] }),
  };
}

function parameter(where: string, name: string, schema: z.ZodType, required: boolean) {
  return { in: where, name, required, schema: jsonSchema(schema, "input") };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
