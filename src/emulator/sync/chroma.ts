import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { Chunk } from "./chunks.js";

const DIMENSIONS = 64;
const MOST_AT_ONCE = 200;

/** A Chroma server that syncs write into. */
export interface ChromaServer {
  /** Writes chunks into a collection; with `finishes` it is marked as complete, as the service does. */
  write(name: string, chunks: Chunk[], finishes: boolean): Promise<void>;
  /** Whether there is a collection of that name. */
  exists(name: string): Promise<boolean>;
}

/**
 * The Chroma server at an address, with an embedding for local use: it finds texts that share words, and
 * needs no model. Takes the npm package `chromadb`.
 *
 * @throws Error where `chromadb` is not installed.
 */
export function chromaServer(url: string): ChromaServer {
  const { ChromaClient, ChromaNotFoundError } = loadClient();
  const { hostname, port, protocol } = new URL(url);
  const ssl = protocol === "https:";
  const client = new ChromaClient({ host: hostname, port: Number(port || (ssl ? 443 : 8000)), ssl });
  return {
    async write(name, chunks, finishes) {
      const collection = await client.getOrCreateCollection({ name, embeddingFunction: null });
      for (let at = 0; at < chunks.length; at += MOST_AT_ONCE) {
        const some = chunks.slice(at, at + MOST_AT_ONCE);
        await collection.upsert({
          ids: some.map(({ id }) => id),
          documents: some.map(({ document }) => document),
          // biome-ignore lint/suspicious/noExplicitAny: metadata was checked when the job was created.
          metadatas: some.map(({ metadata }) => metadata as any),
          embeddings: some.map(({ document }) => localEmbedding(document)),
        });
      }
      if (finishes) await collection.modify({ metadata: { finished_ingest: true } });
    },
    async exists(name) {
      try {
        await client.getCollection({ name });
        return true;
      } catch (error) {
        if (error instanceof ChromaNotFoundError) return false;
        throw error;
      }
    },
  };
}

function loadClient(): typeof import("chromadb") {
  try {
    return createRequire(__filename)("chromadb");
  } catch (cause) {
    throw new Error("To write into a Chroma server, install its client: npm install chromadb.", { cause });
  }
}

/** Counts words by a hash of each, at length 1. The same text has the same embedding everywhere. */
export function localEmbedding(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [""]) {
    const at = createHash("sha256").update(word).digest()[0]! % DIMENSIONS;
    vector[at]!++;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
