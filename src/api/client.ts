import { z } from "zod";
import { Transport, type TransportOptions } from "./transport.js";
import {
  type CreateInvocationPayload,
  type CreateSourcePayload,
  createInvocationReply,
  createSourceReply,
  type Job,
  job,
  jobs,
  jobsByKey,
  type ListInvocationsQuery,
  type ListSourcesQuery,
  type Source,
  source,
  sources,
} from "./wire.js";

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

  /** `POST /api/v1/sources`: creates a source and returns its id. Never repeated. */
  async createSource(payload: CreateSourcePayload, signal?: AbortSignal): Promise<string> {
    const reply = await this.#transport.send({
      method: "POST",
      path: "/api/v1/sources",
      body: payload,
      reply: createSourceReply,
      signal,
    });
    return reply.source_id;
  }

  /** `GET /api/v1/sources`: one page of sources. */
  listSources(query: ListSourcesQuery = {}, signal?: AbortSignal): Promise<Source[]> {
    return this.#transport.send({
      method: "GET",
      path: "/api/v1/sources",
      query: { ...query },
      reply: sources,
      signal,
    });
  }

  /** `DELETE /api/v1/sources/{source_id}`: deletes a source; its invocations go on. */
  async deleteSource(sourceId: string, signal?: AbortSignal): Promise<void> {
    await this.#transport.send({
      method: "DELETE",
      path: `/api/v1/sources/${segment(sourceId)}`,
      reply: z.unknown(),
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

  /** `GET /api/v1/invocations/{invocation_id}`: one invocation. */
  getInvocation(invocationId: string, signal?: AbortSignal): Promise<Job> {
    return this.#transport.send({
      method: "GET",
      path: `/api/v1/invocations/${segment(invocationId)}`,
      reply: job,
      signal,
    });
  }

  /**
   * `POST /api/v1/sources/{source_id}/invocations/latest-by-keys`: the newest invocation of each object key.
   * Keys without one are absent.
   */
  latestInvocationsByKeys(
    sourceId: string,
    objectKeys: string[],
    signal?: AbortSignal,
  ): Promise<Record<string, Job>> {
    return this.#transport.send({
      method: "POST",
      path: `/api/v1/sources/${segment(sourceId)}/invocations/latest-by-keys`,
      body: { object_keys: objectKeys },
      reply: jobsByKey,
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

  /** Closes the connections after the requests under way. */
  close(): Promise<void> {
    return this.#transport.close();
  }
}

const segment = encodeURIComponent;
