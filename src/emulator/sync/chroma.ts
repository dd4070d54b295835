import { createRequire } from "node:module";
import type { Chunk } from "./chunks.js";
import { localEmbedding, localSparseEmbedding } from "./embedding.js";
import { Queue } from "./queue.js";
import { remembered } from "./remembered.js";

type Package = typeof import("chromadb");
type ChromaClient = import("chromadb").ChromaClient;
type Collection = import("chromadb").Collection;

const TENANT = "default_tenant";
const MOST_AT_ONCE = 2000;

/** A collection of a Chroma server, by its database and its name. */
export interface Target {
  database: string;
  name: string;
}

/** What one sync writes. */
export interface Writing {
  chunks: Chunk[];
  /** The collection is complete with it, and is marked so as the service does. */
  finishes: boolean;
  /** Key of the metadata that sparse vectors are kept under; absent, there are none. */
  sparseKey?: string | undefined;
}

/** A Chroma server that syncs write into, with embeddings for local use. Requires the npm package `chromadb`. */
export class ChromaServer {
  readonly #url: string;
  readonly #package: Package;
  readonly #databases = new Map<string, Promise<ChromaClient>>();
  readonly #collections = new Map<string, Promise<Collection>>();
  readonly #queues = new Map<string, Queue<Writing>>();
  #takesSparse = true;

  /** @throws Error where `chromadb` is not installed. */
  constructor(url: string) {
    this.#url = url;
    this.#package = loadClient();
  }

  /** Writes chunks into a collection, which is made if it does not exist. */
  async write(target: Target, writing: Writing): Promise<void> {
    const key = keyOf(target);
    const queue = this.#queues.get(key) ?? new Queue((all) => this.#writeAll(target, all));
    this.#queues.set(key, queue);
    await queue.add(writing);
  }

  /** Whether there is such a collection; one that is being written counts as there. */
  async exists(target: Target): Promise<boolean> {
    const isWritten = () => this.#queues.get(keyOf(target))?.busy ?? false;
    if (isWritten()) return true;
    try {
      await (await this.#database(target.database)).getCollection({ name: target.name });
      return true;
    } catch (error) {
      if (error instanceof this.#package.ChromaNotFoundError) return isWritten();
      throw error;
    }
  }

  async #writeAll(target: Target, writings: Writing[]): Promise<void> {
    const records = writings.flatMap(({ chunks, sparseKey }) =>
      chunks.map((chunk) => ({ chunk, sparseKey })),
    );
    for (let at = 0; at === 0 || at < records.length; at += MOST_AT_ONCE)
      await this.#upsert(target, records.slice(at, at + MOST_AT_ONCE));
    if (writings.some(({ finishes }) => finishes))
      await this.#use(target, (collection) => collection.modify({ metadata: { finished_ingest: true } }));
  }

  async #upsert(target: Target, records: { chunk: Chunk; sparseKey: string | undefined }[]): Promise<void> {
    const documents = records.map(({ chunk }) => chunk.document);
    const metadatas = records.map(({ chunk: { document, metadata }, sparseKey }) =>
      this.#takesSparse && sparseKey
        ? { ...metadata, [sparseKey]: localSparseEmbedding(document) }
        : metadata,
    );
    const batch = {
      ids: records.map(({ chunk }) => chunk.id),
      documents,
      embeddings: documents.map(localEmbedding),
      // biome-ignore lint/suspicious/noExplicitAny: metadata was checked when the job was created.
      metadatas: metadatas as any[],
    };
    try {
      // A file of white space has no chunks, and its collection is made all the same.
      await this.#use(target, async (collection) => records.length > 0 && collection.upsert(batch));
    } catch (error) {
      if (!this.#takesSparse || !/sparse vector is not supported/i.test(String(error))) throw error;
      this.#takesSparse = false;
      console.warn(`${this.#url} does not support sparse vectors: chunks are written without them.`);
      await this.#upsert(target, records);
    }
  }

  /** Does something to a collection, which may have been deleted since it was last used. */
  async #use(target: Target, act: (collection: Collection) => Promise<unknown>): Promise<void> {
    try {
      await act(await this.#collection(target));
    } catch (error) {
      if (!(error instanceof this.#package.ChromaNotFoundError)) throw error;
      this.#collections.delete(keyOf(target));
      await act(await this.#collection(target));
    }
  }

  #collection(target: Target): Promise<Collection> {
    return remembered(this.#collections, keyOf(target), async () => {
      const database = await this.#database(target.database);
      return database.getOrCreateCollection({ name: target.name, embeddingFunction: null });
    });
  }

  /** A database, made if it does not exist: that of the emulator is a name. */
  #database(name: string): Promise<ChromaClient> {
    return remembered(this.#databases, name, async () => {
      const { AdminClient, ChromaClient, ChromaUniqueError } = this.#package;
      const { hostname, port, protocol } = new URL(this.#url);
      const ssl = protocol === "https:";
      const server = { host: hostname, port: Number(port || (ssl ? 443 : 8000)), ssl };
      try {
        await new AdminClient(server).createDatabase({ name, tenant: TENANT });
      } catch (error) {
        if (!(error instanceof ChromaUniqueError)) throw error;
      }
      return new ChromaClient({ ...server, database: name });
    });
  }
}

const keyOf = ({ database, name }: Target) => JSON.stringify([database, name]);

function loadClient(): Package {
  try {
    return createRequire(__filename)("chromadb");
  } catch (cause) {
    throw new Error("To write into a Chroma server, install its client: npm install chromadb.", { cause });
  }
}
