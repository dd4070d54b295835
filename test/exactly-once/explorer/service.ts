import { responseError, transportError } from "../../../src/api/errors.js";
import {
  ChromaSyncError,
  type CreateInvocationPayload,
  type Job,
  type ListInvocationsQuery,
} from "../../../src/api/index.js";
import type { SimulatedClock } from "./clock.js";

/** What comes of one POST. "late" ones are accepted after the caller has been told of a failure. */
export type Reply =
  | "201"
  | "no connection"
  | "429"
  | "400"
  | "401"
  | "reset, not accepted"
  | "reset, accepted"
  | "504, accepted 20 s later"
  | "no answer, accepted later"
  | "201 with no id";

/** How an invocation is listed, compared with what was sent. */
export type Echo = "as sent" | "normalised" | "changed";

interface Accepted {
  job: Job;
  at: number;
  /** Who sent it, in the words of whoever watches. */
  tag: string;
}

/** One POST and what comes of it. */
export interface Post {
  reply: Reply;
  /** Who sends it, in the words of whoever watches. */
  tag: string;
  /** How long the service takes before it accepts. */
  slowMs?: number;
  /** Called when it is on the wire, and when it was accepted. */
  sent?(): void;
  accepted?(): void;
}

const REQUEST_MS = 10;
/** A call of a killed process. One promise for all of them would keep all of them. */
const never = () => new Promise<never>(() => undefined);

/**
 * The service as the published document and its users know it: no idempotency key, lists that lag, clocks
 * of its own. It shares nothing with the emulator.
 */
export class SimulatedService {
  readonly accepted: Accepted[] = [];
  readonly cancelled = new Set<string>();
  lagMs = 0;
  echo: Echo = "as sent";
  /** How far the times that it lists are from the true ones. */
  skewMs = 0;
  /** How long the client waits for an answer. */
  timeoutMs = 120_000;
  readonly #clock: SimulatedClock;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  /** What a process sees of it. `post` decides what comes of each POST; calls of a killed process never return. */
  connect(life: { killed: boolean }, post: (payload: CreateInvocationPayload) => Post) {
    const answer = async <T>(value: () => T): Promise<T> => {
      await this.#clock.sleep(REQUEST_MS);
      return life.killed ? never() : value();
    };
    const listInvocations = ({ limit = 100, offset = 0 }: ListInvocationsQuery = {}) =>
      answer(() => structuredClone(this.#visible().slice(offset, offset + limit)));
    return {
      clockOffsetMs: 0,
      listInvocations,
      createInvocation: (sourceId: string, payload: CreateInvocationPayload): Promise<string> =>
        life.killed
          ? never()
          : this.#post(life, post(payload), (tag) => this.#accept(sourceId, payload, tag)),
      getInvocation: (id: string): Promise<Job> =>
        answer(() => {
          const found = this.accepted.find(({ job }) => job.id === id);
          if (!found) throw responseError("GET", 404, "unknown");
          return structuredClone(this.#withStatus(found.job));
        }),
      cancelInvocation: (id: string): Promise<void> => answer(() => void this.cancelled.add(id)),
      invocations: () => everyPage(listInvocations),
    };
  }

  async #post(life: { killed: boolean }, post: Post, accept: (tag: string) => string): Promise<string> {
    const lost = (code: string) => transportError("POST /invocations", { code, message: "lost" });
    const { reply, tag } = post;
    post.sent?.();
    if (reply === "no connection") throw lost("ECONNREFUSED");
    await this.#clock.sleep(REQUEST_MS + (post.slowMs ?? 0));
    if (reply === "429") throw responseError("POST", 429, "slow down", 1000);
    if (reply === "400" || reply === "401") throw responseError("POST", Number(reply), "no");
    if (reply === "reset, not accepted") throw lost("ECONNRESET");
    if (reply === "504, accepted 20 s later") {
      void this.#clock.sleep(20_000).then(() => accept(tag));
      throw responseError("POST", 504, "gateway");
    }
    if (reply === "no answer, accepted later") {
      await this.#clock.sleep(this.timeoutMs);
      void this.#clock.sleep(10_000).then(() => accept(tag));
      throw lost("UND_ERR_HEADERS_TIMEOUT");
    }
    const id = accept(tag);
    post.accepted?.();
    await this.#clock.sleep(REQUEST_MS);
    if (life.killed) return never();
    if (reply === "reset, accepted") throw lost("ECONNRESET");
    if (reply === "201 with no id") throw new ChromaSyncError("unreadable", "ambiguous");
    return id;
  }

  #visible(): Job[] {
    return this.accepted
      .filter(({ at }) => at + this.lagMs <= this.#clock.elapsed)
      .sort((a, b) => b.at - a.at)
      .map(({ job }) => this.#withStatus(job));
  }

  #withStatus(job: Job): Job {
    return this.cancelled.has(job.id) ? ({ ...job, status: "cancelled" } as Job) : job;
  }

  #accept(sourceId: string, payload: CreateInvocationPayload, tag: string): string {
    const id = `0192f0c1-5d3e-7b7a-9c53-${String(this.accepted.length + 1).padStart(12, "0")}`;
    const { object_key, custom_id, metadata, ref_identifier, target_collection_name } = payload;
    const kind =
      object_key === undefined
        ? { github: { repository: "acme/docs", git_ref_identifier: ref_identifier ?? null } }
        : { s3: { object_key, custom_id: custom_id ?? null, additional_metadata: metadata ?? null } };
    this.accepted.push({
      tag,
      at: this.#clock.elapsed,
      job: {
        id,
        source_id: sourceId,
        created_at: new Date(this.#clock.wall + this.#clock.elapsed + this.skewMs).toISOString(),
        status: "pending",
        metadata: this.#echoed({ collection_name: target_collection_name ?? "objects", ...kind }),
      } as Job,
    });
    return id;
  }

  #echoed(metadata: Record<string, unknown>): Record<string, unknown> {
    const s3 = metadata.s3 as Record<string, unknown> | undefined;
    if (!s3 || this.echo === "as sent") return metadata;
    const additional = s3.additional_metadata as Record<string, unknown> | null;
    if (this.echo === "changed")
      return { ...metadata, s3: { ...s3, additional_metadata: { ...additional, shard: 7 } } };
    return {
      ...metadata,
      s3: {
        ...s3,
        object_key: String(s3.object_key).normalize("NFC"),
        additional_metadata: additional && {
          ...Object.fromEntries(
            Object.entries(additional).map(([key, value]) => [
              key,
              Array.isArray(value) ? [...value].reverse() : value,
            ]),
          ),
          ...(s3.custom_id ? { custom_id: s3.custom_id } : {}),
        },
      },
    };
  }
}

async function* everyPage(list: (query: ListInvocationsQuery) => Promise<Job[]>): AsyncGenerator<Job> {
  for (let offset = 0; ; offset += 100) {
    const page = await list({ limit: 100, offset });
    yield* page;
    if (page.length < 100) return;
  }
}
