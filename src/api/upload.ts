import { openAsBlob } from "node:fs";
import * as path from "node:path";
import { Readable, Transform } from "node:stream";
import { ChromaSyncError } from "./errors.js";
import type { Chunking, DenseEmbedding, SparseEmbedding } from "./sources.js";

const MAX_BYTES = 209_715_200;

/** A file to index (`POST /api/v1/add-file`). */
export interface AddFileOptions {
  database_name: string;
  /** Created where it does not exist. */
  collection_name: string;
  /** Path of the file, at most 200 MiB; it is streamed. */
  file: string;
  /** Name of the document. Default: the file's own. */
  filename?: string;
  /** Prefix of chunk ids instead of the hash of the name, at most 120 characters. */
  custom_id?: string;
  /** Metadata for every chunk, at most 16 KiB as JSON. */
  metadata?: Record<string, unknown>;
  embedding?: { dense?: DenseEmbedding; sparse?: SparseEmbedding | null };
  chunking?: Chunking;
  /** MIME type. Default: inferred by the service. */
  content_type?: string;
  /** Told of the bytes that were handed to the connection, and of all there are. */
  onProgress?: (sent: number, total: number) => void;
  signal?: AbortSignal;
}

/** The multipart body of an upload. */
export interface Upload {
  body: Readable;
  headers: Record<string, string>;
}

/** Opens the file and makes the body; throws before anything is sent where the service would refuse it. */
export async function upload(options: AddFileOptions): Promise<Upload> {
  const content = await openAsBlob(options.file, { type: "application/octet-stream" });
  if (content.size === 0 || content.size > MAX_BYTES)
    throw new ChromaSyncError(
      `${options.file} has ${content.size.toLocaleString("en-US")} bytes: the service takes files of 1 to ${MAX_BYTES.toLocaleString("en-US")} bytes (200 MiB).`,
      "not-processed",
    );
  const form = new FormData();
  // The service authorises by the first two before it reads the file, so the file comes last.
  const fields = ["database_name", "collection_name", "custom_id", "content_type"] as const;
  for (const field of fields) if (options[field] !== undefined) form.append(field, options[field]);
  for (const field of ["metadata", "embedding", "chunking"] as const)
    if (options[field] !== undefined) form.append(field, JSON.stringify(options[field]));
  form.append("file", content, options.filename ?? path.basename(options.file));
  const encoded = new Response(form);
  let sent = 0;
  const counter = new Transform({
    transform(chunk, _encoding, done) {
      sent += chunk.length;
      // Boundaries and fields are a few bytes more than the file.
      options.onProgress?.(Math.min(sent, content.size), content.size);
      done(null, chunk);
    },
  });
  // biome-ignore lint/suspicious/noExplicitAny: the two declarations of ReadableStream differ in name only.
  const body = Readable.fromWeb(encoded.body as any).pipe(counter);
  return {
    body,
    headers: {
      "content-type": encoded.headers.get("content-type")!,
      "x-upload-content-length": String(content.size),
    },
  };
}
