import type { ClientOptions, FileContent } from "../api/index.js";
import { ChromaSyncClient as WireClient } from "../api/index.js";
import { type InvocationFilter, type Job, jobOf, type NewInvocation } from "./invocations.js";
import { fromWire, toWire } from "./names.js";
import type { Chunking, Embedding, NewSource, Page, Source, SourceFilter } from "./sources.js";
import { type WaitOptions, waitForCompletion } from "./wait.js";

/** A file to index (`POST /api/v1/add-file`). */
export interface AddFileOptions {
  /** `database_name`. */
  databaseName: string;
  /** `collection_name`: created if it does not exist. */
  collectionName: string;
  /** Path of the file, its bytes, or a stream of them; at most 200 MiB. A path and a stream of known size are streamed. */
  file: FileContent;
  /** Bytes of a stream. Without it the stream is read into memory first. */
  size?: number;
  /** Name of the document. Default: the file's own; bytes and streams have none, so they need it. */
  filename?: string;
  /** `custom_id`: prefix of chunk ids instead of the hash of the name, at most 120 characters. */
  customId?: string;
  /** Metadata for every chunk, at most 16 KiB as JSON. */
  metadata?: Record<string, unknown>;
  embedding?: Embedding;
  chunking?: Chunking;
  /** `content_type`, a MIME type. Default: inferred by the service. */
  contentType?: string;
  /** Called with the bytes that were handed to the connection, and with all there are. */
  onProgress?: (sent: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * Typed client of the Chroma Sync service. Its names are those of the API document in camelCase. GETs are
 * retried with Retry-After honoured; a request that creates or cancels is sent once.
 *
 * @example
 * ```ts
 * import { ChromaSyncClient } from "pulumi-chroma-sync/client";
 *
 * await using client = new ChromaSyncClient({ apiKey: process.env.CHROMA_API_KEY ?? "" });
 * const id = await client.createInvocation("0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a", { objectKey: "docs/a.md" });
 * const { durationMs } = await client.waitForInvocation(id);
 * ```
 */
export class ChromaSyncClient implements AsyncDisposable {
  readonly #wire: WireClient;

  constructor(options: ClientOptions) {
    this.#wire = new WireClient(options);
  }

  /**
   * How far the service's clock is ahead of the local one, in milliseconds, by the `Date` header of the last
   * answer; up to a second less than it really is. 0 before the first answer.
   */
  get clockOffsetMs(): number {
    return this.#wire.clockOffsetMs;
  }

  /** `GET /api/v1/sources/{source_id}`: one source. */
  async getSource(sourceId: string, signal?: AbortSignal): Promise<Source> {
    return fromWire(await this.#wire.getSource(sourceId, signal)) as Source;
  }

  /** `GET /api/v1/sources`: one page of sources, newest first unless `orderBy` says otherwise. */
  async listSources(query: SourceFilter & Page = {}, signal?: AbortSignal): Promise<Source[]> {
    return fromWire(await this.#wire.listSources(toWire(query) as object, signal)) as Source[];
  }

  /** Every source that matches, page by page, each once. */
  async *sources(filter: SourceFilter = {}, signal?: AbortSignal): AsyncGenerator<Source, void, undefined> {
    for await (const source of this.#wire.sources(toWire(filter) as object, signal))
      yield fromWire(source) as Source;
  }

  /**
   * `POST /api/v1/sources`: creates a source and returns its id. Never repeated. 403 if the key is not of an
   * owner or admin, 404 if the database does not exist, 409 if there is such a source already.
   */
  createSource(source: NewSource, signal?: AbortSignal): Promise<string> {
    return this.#wire.createSource(toWire(source) as Parameters<WireClient["createSource"]>[0], signal);
  }

  /** `DELETE /api/v1/sources/{source_id}`: deletes a source. Its invocations keep running. */
  deleteSource(sourceId: string, signal?: AbortSignal): Promise<void> {
    return this.#wire.deleteSource(sourceId, signal);
  }

  /** `POST /api/v1/sources/{source_id}/invocations`: starts a sync and returns its invocation id. Never repeated. */
  createInvocation(sourceId: string, invocation: NewInvocation, signal?: AbortSignal): Promise<string> {
    return this.#wire.createInvocation(sourceId, toWire(invocation) as object, signal);
  }

  /** `GET /api/v1/invocations`: one page of invocations, newest first unless `orderBy` says otherwise. */
  async listInvocations(query: InvocationFilter & Page = {}, signal?: AbortSignal): Promise<Job[]> {
    return (await this.#wire.listInvocations(toWire(query) as object, signal)).map(jobOf);
  }

  /** Every invocation that matches, page by page, each once. */
  async *invocations(
    filter: InvocationFilter = {},
    signal?: AbortSignal,
  ): AsyncGenerator<Job, void, undefined> {
    for await (const job of this.#wire.invocations(toWire(filter) as object, signal)) yield jobOf(job);
  }

  /**
   * `POST /api/v1/sources/{source_id}/invocations/latest-by-keys`: the newest invocation of each object
   * key; keys that were never synced are absent.
   */
  async latestInvocationsByKeys(
    sourceId: string,
    objectKeys: string[],
    signal?: AbortSignal,
  ): Promise<Record<string, Job>> {
    const jobs = await this.#wire.latestInvocationsByKeys(sourceId, objectKeys, signal);
    return Object.fromEntries(Object.entries(jobs).map(([key, job]) => [key, jobOf(job)]));
  }

  /** `GET /api/v1/invocations/{invocation_id}`: one invocation. */
  async getInvocation(invocationId: string, signal?: AbortSignal): Promise<Job> {
    return jobOf(await this.#wire.getInvocation(invocationId, signal));
  }

  /**
   * Looks at an invocation until it is complete, and returns it then.
   *
   * @throws {@link InvocationError} if it failed or was cancelled, or if the time is up.
   * @throws {@link ChromaSyncError} if the service refuses the request, or cannot be reached for some time.
   */
  waitForInvocation(invocationId: string, options: WaitOptions = {}): Promise<Job & { status: "complete" }> {
    return waitForCompletion(invocationId, (signal) => this.getInvocation(invocationId, signal), options);
  }

  /** `PUT /api/v1/invocations/{invocation_id}`: cancels an invocation that is still pending (412 otherwise). */
  cancelInvocation(invocationId: string, signal?: AbortSignal): Promise<void> {
    return this.#wire.cancelInvocation(invocationId, signal);
  }

  /**
   * `POST /api/v1/add-file`: uploads a file and returns the id of the invocation that indexes it. Never
   * repeated. 404 if the database does not exist, 429 above the team's concurrent uploads.
   *
   * @throws {@link ChromaSyncError} before anything is sent if the file is empty or above 200 MiB.
   */
  addFile(options: AddFileOptions): Promise<string> {
    const { file, onProgress, signal, metadata, ...fields } = options;
    const wire = { ...(toWire(fields) as object), file, onProgress, signal, metadata };
    return this.#wire.addFile(wire as unknown as Parameters<WireClient["addFile"]>[0]);
  }

  /** `GET /health`: resolves if the service is healthy. */
  health(signal?: AbortSignal): Promise<void> {
    return this.#wire.health(signal);
  }

  /** Closes the connections after the requests under way. */
  close(): Promise<void> {
    return this.#wire.close();
  }

  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
