import { z } from "zod";
import type { TransportOptions } from "./call.js";
import { ChromaSyncError } from "./errors.js";
import { everyElement } from "./pages.js";
import type { CreateSourcePayload, ListSourcesQuery } from "./sources.js";
import { Transport } from "./transport.js";
import { type AddFileOptions, upload } from "./upload.js";
import {
  type CreateInvocationPayload,
  createInvocationReply,
  createSourceReply,
  type Job,
  job,
  jobs,
  jobsByKey,
  type ListInvocationsQuery,
  type Source,
  source,
  sources,
} from "./wire.js";

/** 200 MiB at less than a megabit a second. */
const UPLOAD_TIMEOUT_MS = 30 * 60_000;
const UPLOAD_ADVICE = {
  404: "The service knows no such database. Check its name, and that the API key belongs to the team that owns it.",
  413: "The service refused the size of the file. It takes files of up to 200 MiB.",
  429: "The service limits the team's concurrent uploads. Try again later, or lower concurrency.",
};
const OWNERS = "Sources are created and deleted with the key of an owner or admin of the team.";

/** An iterator makes its own pages. */
type Filter<Query> = Omit<Query, "limit" | "offset">;

/** Options of {@link ChromaSyncClient}. */
export type ClientOptions = TransportOptions;

/**
 * Typed client of the Chroma Sync service. GETs are retried with Retry-After honoured; a request that
 * creates or cancels is sent once.
 *
 * @example
 * ```ts
 * const client = new ChromaSyncClient({ apiKey: process.env.CHROMA_API_KEY ?? "" });
 * const id = await client.createInvocation(sourceId, { object_key: "docs/a.md" });
 * ```
 */
export class ChromaSyncClient {
  readonly #transport: Transport;

  constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
  }

  /**
   * How far the service's clock is ahead of the local one, in milliseconds, by the `Date` header of the last
   * answer; up to a second less than it really is. 0 before the first answer.
   */
  get clockOffsetMs(): number {
    return this.#transport.clockOffsetMs;
  }

  /** `GET /api/v1/sources/{source_id}`: one source. */
  getSource(sourceId: string, signal?: AbortSignal): Promise<Source> {
    return this.#transport.send({
      method: "GET",
      path: `/api/v1/sources/${segment(sourceId)}`,
      reply: source,
      signal,
    });
  }

  /** `GET /api/v1/sources`: one page of sources, newest first unless `order_by` says otherwise. */
  listSources(query: ListSourcesQuery = {}, signal?: AbortSignal): Promise<Source[]> {
    const path = "/api/v1/sources";
    return this.#transport.send({ method: "GET", path, query: { ...query }, reply: sources, signal });
  }

  /** Every source that fits, page by page, each once. */
  sources(
    filter: Filter<ListSourcesQuery> = {},
    signal?: AbortSignal,
  ): AsyncGenerator<Source, void, undefined> {
    return everyElement((limit, offset) => this.listSources({ ...filter, limit, offset }, signal));
  }

  /**
   * `POST /api/v1/sources`: creates a source and returns its id. Never repeated. 403 if the key is not of
   * an owner or admin, 404 if the database does not exist, 409 if there is such a source already.
   */
  async createSource(payload: CreateSourcePayload, signal?: AbortSignal): Promise<string> {
    const path = "/api/v1/sources";
    const reply = await this.#transport.send({
      method: "POST",
      path,
      body: payload,
      creates: true,
      reply: createSourceReply,
      advice: {
        403: OWNERS,
        404: "The service knows no such database. Check that it exists, and so does the GitHub App if one is named.",
        409: "The service already has this source.",
      },
      signal,
    });
    return reply.source_id;
  }

  /** `DELETE /api/v1/sources/{source_id}`: deletes a source. Its invocations keep running. */
  async deleteSource(sourceId: string, signal?: AbortSignal): Promise<void> {
    const path = `/api/v1/sources/${segment(sourceId)}`;
    await this.#transport.send({
      method: "DELETE",
      path,
      reply: z.unknown(),
      advice: { 403: OWNERS },
      signal,
    });
  }

  /** `POST /api/v1/sources/{source_id}/invocations`: starts a sync and returns its invocation id. Never repeated. */
  async createInvocation(
    sourceId: string,
    payload: CreateInvocationPayload,
    signal?: AbortSignal,
  ): Promise<string> {
    const reply = await this.#transport.send({
      method: "POST",
      path: `/api/v1/sources/${segment(sourceId)}/invocations`,
      body: payload,
      creates: true,
      reply: createInvocationReply,
      signal,
    });
    return reply.invocation_id;
  }

  /** `GET /api/v1/invocations`: one page of invocations, newest first unless `order_by` says otherwise. */
  listInvocations(query: ListInvocationsQuery = {}, signal?: AbortSignal): Promise<Job[]> {
    return this.#transport.send({
      method: "GET",
      path: "/api/v1/invocations",
      query: { ...query },
      reply: jobs,
      signal,
    });
  }

  /** Every invocation that fits, page by page, each once. */
  invocations(
    filter: Filter<ListInvocationsQuery> = {},
    signal?: AbortSignal,
  ): AsyncGenerator<Job, void, undefined> {
    return everyElement((limit, offset) => this.listInvocations({ ...filter, limit, offset }, signal));
  }

  /**
   * `POST /api/v1/sources/{source_id}/invocations/latest-by-keys`: the newest invocation of each object
   * key; keys that were never synced are absent.
   */
  latestInvocationsByKeys(
    sourceId: string,
    objectKeys: string[],
    signal?: AbortSignal,
  ): Promise<Record<string, Job>> {
    const path = `/api/v1/sources/${segment(sourceId)}/invocations/latest-by-keys`;
    return this.#transport.send({
      method: "POST",
      path,
      body: { object_keys: objectKeys },
      reads: true,
      reply: jobsByKey,
      signal,
    });
  }

  /** `GET /api/v1/invocations/{invocation_id}`: one invocation. */
  getInvocation(invocationId: string, signal?: AbortSignal): Promise<Job> {
    return this.#transport.send({
      method: "GET",
      path: `/api/v1/invocations/${segment(invocationId)}`,
      reply: job,
      signal,
    });
  }

  /** `PUT /api/v1/invocations/{invocation_id}`: cancels an invocation that is still pending (412 otherwise). */
  async cancelInvocation(invocationId: string, signal?: AbortSignal): Promise<void> {
    await this.#transport.send({
      method: "PUT",
      path: `/api/v1/invocations/${segment(invocationId)}`,
      reply: z.unknown(),
      signal,
    });
  }

  /**
   * `POST /api/v1/add-file`: uploads a file, streamed, and returns the id of the invocation that indexes it.
   * Never repeated. 404 if the database does not exist, 429 above the team's concurrent uploads.
   *
   * @throws {@link ChromaSyncError} before anything is sent if the file is empty or above 200 MiB.
   */
  async addFile(options: AddFileOptions): Promise<string> {
    const { signal } = options;
    const path = "/api/v1/add-file";
    const { body, headers, failure } = await upload(options);
    try {
      const reply = await this.#transport.send({
        method: "POST",
        path,
        stream: body,
        headers,
        timeoutMs: UPLOAD_TIMEOUT_MS,
        reply: createInvocationReply,
        advice: UPLOAD_ADVICE,
        signal,
      });
      return reply.invocation_id;
    } catch (error) {
      const own = failure();
      // The end of the body was never sent, so there is nothing that the service could have taken.
      if (own) throw new ChromaSyncError(`${own.message}: nothing was uploaded.`, "refused", { cause: own });
      throw error;
    }
  }

  /** `GET /health`: resolves if the service is healthy. */
  async health(signal?: AbortSignal): Promise<void> {
    await this.#transport.send({ method: "GET", path: "/health", reply: z.unknown(), text: true, signal });
  }

  /** Closes the connections after the requests under way. */
  close(): Promise<void> {
    return this.#transport.close();
  }
}

const segment = encodeURIComponent;
