import type * as http from "node:http";
import { readMultipart } from "./http/multipart.js";
import type { Spool } from "./http/spool.js";
import { badRequest, type Request } from "./reply.js";
import { MAX_BYTES } from "./upload.js";

const MAX_JSON_BYTES = 16 * 1024 * 1024;
/** The fields of an upload, and what separates them. */
const MAX_FORM_BYTES = MAX_BYTES + 1024 * 1024;

/** Reads a request to its end; 400 if it is not well-formed or too large. */
export async function receive(incoming: http.IncomingMessage, url: URL, spool: Spool): Promise<Request> {
  const isForm = incoming.headers["content-type"]?.startsWith("multipart/form-data") ?? false;
  if (Number(incoming.headers["content-length"]) > (isForm ? MAX_FORM_BYTES : MAX_JSON_BYTES))
    throw tooLarge();
  const length = incoming.headers["x-upload-content-length"];
  const request: Request = {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    token: incoming.headers["x-chroma-token"]?.toString(),
    body: undefined,
    ...(length === undefined ? {} : { uploadLength: Number(length) }),
  };
  try {
    decodeURIComponent(url.pathname + url.search);
  } catch {
    throw badRequest("the path or the query is not well-formed");
  }
  if (isForm) return { ...request, form: await readMultipart(incoming, spool) };
  const bytes = await readBody(incoming);
  try {
    const body =
      bytes.length > 0 ? JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) : undefined;
    return { ...request, body };
  } catch {
    throw badRequest("the request is not well-formed");
  }
}

/** By events: iterating a stream costs each request more than all that is done with the body. */
function readBody(incoming: http.IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_JSON_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    incoming.once("end", () => resolve(Buffer.concat(chunks)));
    incoming.once("error", reject);
  });
}

function tooLarge() {
  return badRequest("the body is too large");
}
