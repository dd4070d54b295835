import type * as http from "node:http";
import { badRequest, type Request } from "./reply.js";

// An upload of 200 MiB, and its fields.
const MAX_BODY_BYTES = 201 * 1024 * 1024;

/** Reads a request to its end; 400 where it is not well-formed or too large. */
export async function receive(incoming: http.IncomingMessage, url: URL): Promise<Request> {
  const bytes = await readBody(incoming);
  if (bytes === undefined) throw badRequest("the body is too large");
  let body: unknown;
  let form: Request["form"];
  const type = incoming.headers["content-type"] ?? "";
  try {
    if (type.startsWith("multipart/form-data")) form = await formParts(bytes, type);
    else if (bytes.length > 0) body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    decodeURIComponent(url.pathname + url.search);
  } catch {
    throw badRequest("the request is not well-formed");
  }
  const length = incoming.headers["x-upload-content-length"];
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    token: incoming.headers["x-chroma-token"]?.toString(),
    body,
    ...(form ? { form } : {}),
    ...(length === undefined ? {} : { uploadLength: Number(length) }),
  };
}

/** The parts of a multipart body, in their order. */
async function formParts(bytes: Buffer, type: string): Promise<NonNullable<Request["form"]>> {
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const parts: NonNullable<Request["form"]> = [];
  for (const [name, value] of form)
    parts.push([
      name,
      typeof value === "string"
        ? value
        : { name: value.name, content: Buffer.from(await value.arrayBuffer()) },
    ]);
  return parts;
}

async function readBody(incoming: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}
