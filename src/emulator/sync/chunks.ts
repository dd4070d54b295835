import { createHash } from "node:crypto";

const DEFAULT_MAX_LINES = 50;
const DEFAULT_MAX_BYTES = 4096;

/** A text that was read, and what tells where it came from. */
export interface Document {
  /** Path, key, address or file name. */
  key: string;
  /** Commit or content hash. */
  version: string;
  text: string;
}

/** A piece of a document, as the collection holds it. */
export interface Chunk {
  id: string;
  document: string;
  metadata: Record<string, unknown>;
}

/** How a source asks for its documents to be split. */
export interface Splitting {
  max_lines?: number;
  max_size_bytes?: number;
}

/**
 * Splits a document by lines, whatever strategy was asked for: no parser of languages is needed to try a
 * program. Ids are `prefix-{n}` from 0.
 */
export function chunksOf(
  document: Document,
  splitting: Splitting,
  idPrefix: string | undefined,
  added: Record<string, unknown>,
): Chunk[] {
  const prefix = idPrefix ?? sha256(document.key);
  return pieces(document.text, splitting).map(({ text, start, end }, index) => ({
    id: `${prefix}-${index}`,
    document: text,
    metadata: {
      ...added,
      ...(idPrefix === undefined ? {} : { custom_id: idPrefix }),
      document_key: document.key,
      document_key_sha256: sha256(document.key),
      version_key: document.version,
      version_key_sha256: sha256(document.version),
      chunk_strategy: "lines",
      start_line: start,
      end_line: end,
    },
  }));
}

function pieces(text: string, { max_lines, max_size_bytes }: Splitting) {
  const maxLines = max_lines || DEFAULT_MAX_LINES;
  const maxBytes = max_size_bytes || DEFAULT_MAX_BYTES;
  const found: { text: string; start: number; end: number }[] = [];
  let lines: string[] = [];
  let bytes = 0;
  let start = 1;
  const close = (end: number) => {
    if (lines.some((line) => line.trim() !== "")) found.push({ text: lines.join("\n"), start, end });
    lines = [];
    bytes = 0;
    start = end + 1;
  };
  text.split("\n").forEach((line, index) => {
    const size = Buffer.byteLength(line) + 1;
    if (lines.length > 0 && (lines.length >= maxLines || bytes + size > maxBytes)) close(index);
    lines.push(line);
    bytes += size;
  });
  close(start + lines.length - 1);
  return found;
}

/** The hex SHA-256 of a text. */
export function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Text of bytes; undefined where they are not UTF-8 or hold a NUL. */
export function textOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
