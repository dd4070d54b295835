import type { z } from "zod";
import { parse } from "./parse.js";
import { badRequest } from "./reply.js";
import { createInvocation } from "./schemas.js";
import type { StoredSource } from "./stored.js";

export type Payload = z.infer<typeof createInvocation>;

/** The body of a create, judged by the document's schema and then by the prose for its source's kind. */
export function checkPayload(source: StoredSource, body: unknown): Payload {
  const value = parse(createInvocation, body);
  if (source.s3) checkS3(source.s3, value);
  else checkOther(source, value);
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
