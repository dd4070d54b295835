import { openAsBlob } from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { ChromaSyncError } from "./errors.js";
import type { Chunking, DenseEmbedding, SparseEmbedding } from "./sources.js";

const MAX_BYTES = 209_715_200;

/** A path, bytes, or a stream of bytes, of Node or of the web. */
export type FileContent = string | Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** A file to index (`POST /api/v1/add-file`). */
export interface AddFileOptions {
  database_name: string;
  /** Created if it does not exist. */
  collection_name: string;
  /** Path of the file, its bytes, or a stream of them; at most 200 MiB. A path and a stream of known size are streamed. */
  file: FileContent;
  /** Bytes of a stream. Without it the stream is read into memory first. */
  size?: number;
  /** Name of the document. Default: the file's own; bytes and streams have none, so they need it. */
  filename?: string;
  /** Prefix of chunk ids instead of the hash of the name, at most 120 characters. */
  custom_id?: string;
  /** Metadata for every chunk, at most 16 KiB as JSON. */
  metadata?: Record<string, unknown>;
  embedding?: { dense?: DenseEmbedding; sparse?: SparseEmbedding | null };
  chunking?: Chunking;
  /** MIME type. Default: inferred by the service. */
  content_type?: string;
  /** Called with the bytes that were handed to the connection, and with all there are. */
  onProgress?: (sent: number, total: number) => void;
  signal?: AbortSignal;
}

/** The multipart body of an upload. */
export interface Upload {
  body: Readable;
  /** What went wrong with the content, so that the body has no end. */
  failure(): Error | undefined;
  headers: Record<string, string>;
}

interface Content {
  name: string;
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** Opens the file and makes the body; throws before anything is sent if the service would refuse it. */
export async function upload(options: AddFileOptions): Promise<Upload> {
  const content = await contentOf(options);
  const { name, size } = content;
  if (size === 0 || size > MAX_BYTES) throw refused(`${name} has ${shown(size)} bytes`);
  const form = new FormData();
  // The service authorises by the first two before it reads the file, so the file comes last.
  const fields = ["database_name", "collection_name", "custom_id", "content_type"] as const;
  for (const field of fields) if (options[field] !== undefined) form.append(field, options[field]);
  for (const field of ["metadata", "embedding", "chunking"] as const)
    if (options[field] !== undefined) form.append(field, JSON.stringify(options[field]));
  form.append("file", new Blob([], { type: "application/octet-stream" }), name);
  // Encoded with an empty file, the text falls into what stands before the content and after it.
  const encoded = new Response(form);
  const type = encoded.headers.get("content-type")!;
  const frame = Buffer.from(await encoded.arrayBuffer());
  const after = frame.lastIndexOf(`\r\n--${type.split("boundary=")[1]}--`);
  let failure: Error | undefined;
  const failed = (error: Error) => {
    failure = error;
  };
  const bytes = counted(content, options.onProgress, failed);
  const body = Readable.from(framed(frame.subarray(0, after), bytes, frame.subarray(after)), {
    objectMode: false,
  });
  return {
    body,
    failure: () => failure,
    headers: { "content-type": type, "x-upload-content-length": String(size) },
  };
}

async function contentOf({ file, filename, size }: AddFileOptions): Promise<Content> {
  if (typeof file === "string") {
    const blob = await openAsBlob(file);
    return { name: filename ?? path.basename(file), size: blob.size, bytes: streamOf(blob) };
  }
  if (!filename)
    throw new ChromaSyncError(
      "A file that is passed as bytes or as a stream needs a filename: set filename.",
      "not-processed",
    );
  if (file instanceof Uint8Array) return { name: filename, size: file.length, bytes: Readable.from([file]) };
  if (file instanceof Blob) return { name: filename, size: file.size, bytes: streamOf(file) };
  const stream = file as AsyncIterable<Uint8Array>;
  if (size !== undefined) return { name: filename, size, bytes: stream };
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > MAX_BYTES) throw refused(`${filename} has more bytes`);
    chunks.push(chunk);
  }
  return { name: filename, size: total, bytes: Readable.from(chunks) };
}

async function* framed(before: Uint8Array, content: AsyncIterable<Uint8Array>, after: Uint8Array) {
  yield before;
  yield* content;
  yield after;
}

/** Passes the content on; a content of another size than announced ends the request. */
async function* counted(
  { name, size, bytes }: Content,
  onProgress: AddFileOptions["onProgress"],
  failed: (error: Error) => void,
) {
  let sent = 0;
  try {
    for await (const chunk of bytes) {
      sent += chunk.length;
      if (sent > size) break;
      yield chunk;
      onProgress?.(sent, size);
    }
    const had = sent > size ? "more" : shown(sent);
    if (sent !== size) throw new Error(`${name} should have ${shown(size)} bytes and has ${had}`);
  } catch (error) {
    failed(error as Error);
    throw error;
  }
}

const streamOf = (blob: Blob) => blob.stream() as unknown as AsyncIterable<Uint8Array>;
const shown = (bytes: number) => bytes.toLocaleString("en-US");

function refused(what: string): ChromaSyncError {
  return new ChromaSyncError(
    `${what}: the service takes files of 1 to ${shown(MAX_BYTES)} bytes (200 MiB).`,
    "not-processed",
  );
}
