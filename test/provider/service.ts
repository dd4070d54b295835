import { responseError, transportError } from "../../src/api/errors.js";
import {
  ChromaSyncError,
  type CreateInvocationPayload,
  type Job,
  type ListInvocationsQuery,
  type Source,
} from "../../src/api/index.js";
import { everyElement } from "../../src/api/pages.js";
import { handle } from "../../src/emulator/handle.js";
import { createState } from "../../src/emulator/state.js";
import { syncContent } from "../../src/emulator/sync/content.js";
import type { Client } from "../../src/provider/service/client.js";

export const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
export const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";

/** What happens to one POST. */
export type Fault =
  | "none"
  | "refused-connection"
  | "429"
  | "reset-before"
  | "reset-after"
  | "500-before"
  | "500-after"
  | "unreadable-201"
  | "kill-before"
  | "kill-during"
  | "kill-after";

const NEVER = new Promise<never>(() => undefined);

/** A clock that jumps to the next thing that is waited for, once all else is done. */
export class SimulatedClock {
  time: number;
  #waiting: { at: number; wake: () => void }[] = [];
  constructor(start: number) {
    this.time = start;
  }
  now = () => this.time;
  sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      const entry = { at: this.time + ms, wake: resolve };
      this.#waiting.push(entry);
      signal?.addEventListener("abort", () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        resolve();
      });
    });
  /** Runs until the work has ended, one way or the other. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const settled = () => {
      ended = true;
    };
    work.then(settled, settled);
    while (!ended) {
      await new Promise(setImmediate);
      if (ended || this.#idle++ < 3) continue;
      this.#idle = 0;
      const next = this.#waiting.sort((a, b) => a.at - b.at).shift();
      if (!next) continue;
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
    return work;
  }
  #idle = 0;
}

/** The emulated service without a socket, so that a simulated clock decides all; faults hit its POSTs in order. */
export class SimulatedService {
  readonly state;
  readonly faults: Fault[] = [];
  /** How long a list does not show a job that was accepted. */
  lagMs = 0;
  readonly #clock: SimulatedClock;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
    const sources = [
      { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
      { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
    ];
    const behaviour = {
      tokens: ["k"],
      memberTokens: [],
      maxInFlight: Number.POSITIVE_INFINITY,
      // A job that ends badly is passed over, and runs take minutes.
      pendingMs: 10 * 3600_000,
      processingMs: 60_000,
      now: clock.now,
    };
    this.state = createState({ sources }, behaviour, (job) => syncContent(this.state, job));
  }

  /** What a process sees of it. After the kill of that process its calls never come back. */
  connect(): { client: Client; killed: Promise<void>; isKilled(): boolean } {
    let killed = false;
    let tell: () => void = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    /** Nothing of that process runs any more. */
    const kill = () => {
      killed = true;
      tell();
      return NEVER;
    };
    const call = (method: string, path: string, body?: unknown, query: Record<string, unknown> = {}) => {
      const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
      const reply = handle(this.state, { method, path, query: search, token: "k", body });
      if (reply.status >= 300)
        throw responseError(`${method} ${path}`, reply.status, JSON.stringify(reply.body));
      return JSON.parse(JSON.stringify(reply.body));
    };
    const lost = (code: string) => transportError("POST", { code, message: "lost" });
    const client = {
      clockOffsetMs: 0,
      getSource: async (id: string) => call("GET", `/api/v1/sources/${id}`) as Source,
      getInvocation: async (id: string) => call("GET", `/api/v1/invocations/${id}`) as Job,
      cancelInvocation: async (id: string) => void call("PUT", `/api/v1/invocations/${id}`),
      listInvocations: async (query: ListInvocationsQuery = {}) => {
        if (killed) return NEVER;
        const jobs = call("GET", "/api/v1/invocations", undefined, { ...query }) as Job[];
        return jobs.filter((job) => Date.parse(job.created_at) + this.lagMs <= this.#clock.now());
      },
      createInvocation: async (id: string, payload: CreateInvocationPayload) => {
        if (killed) return NEVER;
        const fault = this.faults.shift() ?? "none";
        if (fault === "kill-before") return kill();
        if (fault === "refused-connection") throw lost("ECONNREFUSED");
        if (fault === "429") throw responseError("POST", 429, "slow down", 1500);
        if (fault === "reset-before") throw lost("ECONNRESET");
        if (fault === "500-before") throw responseError("POST", 500, "no");
        await this.#clock.sleep(20);
        if (fault === "kill-during") kill();
        const { invocation_id } = call("POST", `/api/v1/sources/${id}/invocations`, payload);
        await this.#clock.sleep(20);
        if (killed || fault === "kill-after") return kill();
        if (fault === "reset-after") throw lost("ECONNRESET");
        if (fault === "500-after") throw responseError("POST", 502, "no");
        if (fault === "unreadable-201") throw new ChromaSyncError("unreadable", "ambiguous");
        return invocation_id as string;
      },
    };
    const invocations: Client["invocations"] = (filter) =>
      everyElement((limit, offset) => client.listInvocations({ ...filter, limit, offset }));
    return { client: { ...client, invocations } as Client, killed: told, isKilled: () => killed };
  }
}
