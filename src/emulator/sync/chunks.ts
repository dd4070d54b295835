import { createHash } from "node:crypto";
import { byLines, type Limits, type Range } from "./lines.js";
import { languageOf, parseCode } from "./parsers.js";
import { bySyntax } from "./syntax.js";

const DEFAULT_MAX_LINES = 10;
const DEFAULT_MAX_BYTES = 4096;
/** The largest document that a record of Chroma Cloud may have. */
const MOST_BYTES = 16_384;

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
  type?: "tree_sitter" | "lines";
  max_lines?: number | undefined;
  max_size_bytes?: number | undefined;
}

/** Splits a document: code by its syntax, unless lines were asked for, and all else by lines. Ids are `prefix-{n}` from 0. */
export function chunksOf(
  document: Document,
  splitting: Splitting,
  idPrefix: string | undefined,
  added: Record<string, unknown>,
): Chunk[] {
  const { key, version, text } = document;
  const prefix = idPrefix ?? sha256(key);
  const limits: Limits = {
    lines: splitting.max_lines || DEFAULT_MAX_LINES,
    bytes: Math.min(splitting.max_size_bytes || DEFAULT_MAX_BYTES, MOST_BYTES),
  };
  const language = splitting.type === "lines" ? undefined : languageOf(key);
  const tree = language && parseCode(text, language);
  const ranges = tree ? bySyntax(text, tree, limits) : byLines(text, { start: 0, end: text.length }, limits);
  if (tree) tree.delete();
  const shared = {
    ...added,
    ...(idPrefix === undefined ? {} : { custom_id: idPrefix }),
    document_key: key,
    document_key_sha256: sha256(key),
    version_key: version,
    version_key_sha256: sha256(version),
    ...(tree ? { chunk_strategy: "tree_sitter", language } : { chunk_strategy: "lines" }),
  };
  return located(text, ranges).map(({ start_line, end_line, start, end }, index) => ({
    id: `${prefix}-${index}`,
    document: text.slice(start, end),
    metadata: { ...shared, start_line, end_line },
  }));
}

/** The ranges that hold more than white space, with their lines, counted from 1. */
function located(text: string, ranges: Range[]) {
  let line = 1;
  let feed = text.indexOf("\n");
  const lineOf = (offset: number) => {
    for (; feed >= 0 && feed < offset; feed = text.indexOf("\n", feed + 1)) line++;
    return line;
  };
  return ranges
    .filter(({ start, end }) => text.slice(start, end).trim() !== "")
    .map(({ start, end }) => ({ start, end, start_line: lineOf(start), end_line: lineOf(end - 1) }));
}

/** The hex SHA-256 of a text. */
export function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Text of bytes; undefined if they are not UTF-8 or hold a NUL. */
export function textOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
