import type { StoredJob, Volume } from "../stored.js";
import type { Chunk, Document } from "./chunks.js";

/** 1,024 numbers of 4 bytes, those of Qwen3-Embedding-0.6B. */
const VECTOR_BYTES = 4096;
const PAGED = /\.(html?|xhtml|csv|epub|mobi|azw3?|fb2)$/i;

/** How much a job read and wrote. */
export function volumeOf(kind: StoredJob["kind"], documents: Document[], chunks: Chunk[]): Volume {
  const paged = "web_scrape" in kind ? documents : "github" in kind ? [] : documents.filter(isPaged);
  return {
    documents: documents.length,
    bytes: total(documents.map(({ text }) => Buffer.byteLength(text))),
    pages: paged.length,
    chunks: chunks.length,
    written: total(
      chunks.map(
        ({ document, metadata }) =>
          Buffer.byteLength(document) + Buffer.byteLength(JSON.stringify(metadata)) + VECTOR_BYTES,
      ),
    ),
  };
}

function isPaged({ key }: Document): boolean {
  return PAGED.test(key);
}

function total(sizes: number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
