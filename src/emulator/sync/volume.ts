import type { StoredJob } from "../state.js";
import type { Chunk, Document } from "./chunks.js";

/** How much a sync read and wrote: what the service bills by. */
export interface Volume {
  documents: number;
  /** Bytes of text that were read. */
  bytes: number;
  /** Pages of a web site, and documents that the service bills by the page, one for each here. */
  pages: number;
  chunks: number;
  /** Bytes that were written: texts, metadata and dense vectors. */
  written: number;
}

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
