import { isIP } from "node:net";
import type { z } from "zod";
import { parse } from "./parse.js";
import { badRequest } from "./reply.js";
import { createInvocation } from "./schemas.js";
import type { StoredSource } from "./state.js";

export type Payload = z.infer<typeof createInvocation>;

/** The body of a create, judged by the document's schema and then by the prose for its source's kind. */
export function checkPayload(source: StoredSource, body: unknown): Payload {
  const value = parse(createInvocation, body);
  if (source.s3) checkS3(source.s3, value);
  else checkOther(source, value);
  if (value.target_collection_name != null) checkName(value.target_collection_name);
  checkMetadata(value.metadata ?? {});
  return value;
}

function checkS3(s3: NonNullable<StoredSource["s3"]>, value: Payload): void {
  if (!value.object_key) throw badRequest("object_key is required for S3 sources");
  if (!value.object_key.startsWith(s3.path_prefix ?? ""))
    throw badRequest(`object_key must start with the path prefix ${s3.path_prefix}`);
  if (value.ref_identifier != null) throw badRequest("ref_identifier is for GitHub sources");
}

function checkOther(source: StoredSource, value: Payload): void {
  if (value.target_collection_name == null)
    throw badRequest("target_collection_name is required for this source");
  for (const field of ["object_key", "custom_id", "metadata"] as const)
    if (value[field] != null) throw badRequest(`${field} is for S3 sources`);
  if (!source.github && value.ref_identifier != null)
    throw badRequest("ref_identifier is for GitHub sources");
}

function checkName(name: string): void {
  const shaped = /^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/.test(name);
  if (!shaped || name.length < 3 || name.length > 128 || name.includes("..") || isIP(name))
    throw badRequest("target_collection_name is not a valid collection name");
}

function checkMetadata(metadata: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(metadata)) {
    if (key === "" || /^[#$]/.test(key) || Buffer.byteLength(key) > 36)
      throw badRequest(`metadata key ${key} is not valid`);
    const items = Array.isArray(value) ? value : [value];
    const types = new Set(items.map((item) => typeof item));
    const scalar = items.every((item) => ["string", "number", "boolean"].includes(typeof item));
    if (value !== null && (!scalar || types.size !== 1))
      throw badRequest(`metadata value of ${key} is not valid`);
  }
}
