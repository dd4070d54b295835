import { AsyncLocalStorage } from "node:async_hooks";
import { responseError } from "../../../src/api/errors.js";
import type { CreateInvocationPayload } from "../../../src/api/index.js";
import type { Run } from "./history.js";
import type { Post, SimulatedService } from "./service.js";
import type { Subject, Surroundings } from "./subject.js";

/** A provider process of one run. */
export interface Process {
  subject: Subject;
  pid: number;
  host: string;
  /** Nothing of it runs any more. */
  life: { killed: boolean };
  /** Resolves once the engine or the process is killed. */
  killed: Promise<void>;
  /** The engine is gone: nobody keeps what it returns. */
  orphaned: boolean;
  /** Whether others see it in the list of processes. */
  alive: boolean;
  kill(): void;
  /** Runs a create whose POSTs carry these tags; those of the watched resource are answered as the run says. */
  as<T>(tagOf: TagOf, create: () => Promise<T>): Promise<T>;
}

/** Says who sends a payload, and what for. */
export type TagOf = (payload: CreateInvocationPayload) => string;

/** What a process needs of the world. */
export type Place = Omit<Surroundings, "client" | "requireEngine" | "cancelled">;

// One for all: each more would stay in every context that follows, and copies of them take most of the time.
const tags = new AsyncLocalStorage<TagOf>();

/** Starts a process whose first POSTs for the watched resource meet what the run says. */
export function startProcess(
  service: SimulatedService,
  run: Run,
  place: Place,
  start: (around: Surroundings) => Subject,
  took: (event: keyof Run) => void,
): Process {
  const life = { killed: false };
  const interrupt = new AbortController();
  let posts = 0;
  let resolve = () => {};
  const process: Process = {
    life,
    pid: place.pid,
    host: place.host,
    alive: true,
    orphaned: false,
    killed: new Promise<void>((done) => {
      resolve = done;
    }),
    kill() {
      life.killed = true;
      process.alive = false;
      resolve();
    },
    as: (tagOf, create) => tags.run(tagOf, create),
    subject: undefined as unknown as Subject,
  };
  const post = (payload: CreateInvocationPayload): Post => {
    const tag = tags.getStore()!(payload);
    if (!tag.startsWith("a/")) return { reply: "201", tag };
    posts++;
    const reply = posts === 1 ? run.reply : posts === 2 ? run.secondReply : "201";
    if (posts === 1 && run.reply !== "201") took("reply");
    if (posts === 2 && run.secondReply !== "201") took("secondReply");
    return posts === 1 ? { reply, tag, ...cutShort() } : { reply, tag };
  };
  const cutShort = (): Partial<Post> => {
    const kill = () => {
      took("end");
      process.kill();
    };
    switch (run.end) {
      case "killed with the POST in flight":
        return { slowMs: 12_000, sent: kill };
      case "killed before the answer":
        return { accepted: kill };
      case "interrupted with the POST in flight":
        return {
          slowMs: 12_000,
          sent: () => {
            took("end");
            interrupt.abort();
          },
        };
      case "engine killed with the POST in flight":
        return {
          slowMs: 12_000,
          sent: () => {
            took("end");
            process.orphaned = true;
            resolve();
          },
        };
      default:
        return {};
    }
  };
  const client = service.connect(life, post);
  const { createInvocation, listInvocations } = client;
  client.listInvocations = (query) => {
    if (run.end === "interrupted while it looks" && posts > 0 && !interrupt.signal.aborted) {
      took("end");
      interrupt.abort();
    }
    if (run.list === "fails after the first POST" && posts > 0) {
      took("list");
      return Promise.reject(responseError("GET", 503, "no list"));
    }
    return listInvocations(query);
  };
  client.createInvocation = (sourceId, payload) => {
    if (run.end === "killed before the POST" && posts === 0 && tags.getStore()!(payload).startsWith("a/")) {
      took("end");
      process.kill();
    }
    return createInvocation(sourceId, payload);
  };
  const requireEngine = async () => {
    if (process.orphaned) throw new Error("The Pulumi engine has exited; no further requests are sent.");
  };
  process.subject = start({
    ...place,
    client: client as unknown as Surroundings["client"],
    requireEngine,
    cancelled: interrupt.signal,
  });
  return process;
}
