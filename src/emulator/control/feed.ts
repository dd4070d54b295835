import type * as http from "node:http";
import type { Change } from "../changes.js";
import { PRICES } from "../cost.js";
import { type Faults, KINDS } from "../faults.js";
import type { LoggedRequest, RequestLog } from "../http/request-log.js";
import { advance } from "../jobs.js";
import { OPERATIONS } from "../operations.js";
import { listSources } from "../sources.js";
import { collectionKey, type State } from "../state.js";
import type { StoredJob } from "../stored.js";
import { listCollections, listed } from "./collections.js";
import { EventStream } from "./event-stream.js";
import { viewOf } from "./job-view.js";
import { TotalsOf } from "./totals.js";

const FLUSH_MS = 100;
const HEARTBEAT_MS = 15_000;
const MOST_JOBS = 5000;

interface FeedOptions {
  state: State;
  faults: Faults;
  log: RequestLog;
  clientTimeoutMs: number;
}

/**
 * `GET /_emulator/events`: everything that the console shows, and then every change of it. Changes are sent
 * together, ten times a second at most.
 */
export class Feed {
  readonly #from: FeedOptions;
  readonly #streams = new Set<EventStream>();
  #totals: TotalsOf | undefined;
  #jobs = new Set<StoredJob>();
  #collections = new Map<string, { database: string; name: string }>();
  #requests: LoggedRequest[] = [];
  #sourcesChanged = false;
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(from: FeedOptions) {
    this.#from = from;
  }

  /** Sends events until the client goes. */
  connect(incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
    this.#begin();
    incoming.resume();
    const stream = new EventStream(outgoing, this.#from.clientTimeoutMs, () => this.#snapshot());
    this.#streams.add(stream);
    outgoing.once("close", () => this.#streams.delete(stream));
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
  }

  /** Nothing is collected until somebody looks. */
  #begin(): void {
    if (this.#totals) return;
    const { state, log, faults } = this.#from;
    this.#totals = new TotalsOf(state);
    state.listeners.push((change) => this.#note(change));
    faults.onChange = () => this.#soon();
    log.onEnd((request) => {
      if (!log.recent().includes(request)) return;
      this.#requests.push(request);
      this.#soon();
    });
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#streams) stream.comment();
    }, HEARTBEAT_MS).unref();
  }

  #note(change: Change): void {
    switch (change.type) {
      case "job":
        this.#totals?.note(change.job);
        this.#jobs.add(change.job);
        break;
      case "chunks":
        this.#collections.set(
          collectionKey(change.collection.database, change.collection.name),
          change.collection,
        );
        break;
      case "collection-deleted":
        this.#collections.set(collectionKey(change.database, change.name), change);
        break;
      case "finished": {
        const [database, name] = JSON.parse(change.key);
        this.#collections.set(change.key, { database, name });
        break;
      }
      default:
        this.#sourcesChanged = true;
    }
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS).unref();
  }

  #flush(): void {
    this.#timer = undefined;
    const { state, faults } = this.#from;
    const changes = {
      jobs: [...this.#jobs].slice(-MOST_JOBS).map((job) => viewOf(state, job)),
      totals: this.#totals?.totals,
      collections: [...this.#collections].map(([key, { database, name }]) => {
        const found = state.collections.get(key);
        return found ? listed(state, found) : { database, name, deleted: true };
      }),
      requests: this.#requests.slice(-200),
      faults: faults.list(),
      ...(this.#sourcesChanged ? { sources: this.#sources() } : {}),
    };
    this.#jobs = new Set();
    this.#collections = new Map();
    this.#requests = [];
    this.#sourcesChanged = false;
    if (this.#streams.size === 0) return;
    const text = JSON.stringify(changes);
    for (const stream of this.#streams) stream.send("changes", text);
  }

  #snapshot(): string {
    const { state, faults, log } = this.#from;
    for (const job of state.open) advance(state, job);
    return JSON.stringify({
      jobs: [...state.jobs.values()].slice(-MOST_JOBS).map((job) => viewOf(state, job)),
      totals: this.#totals?.totals,
      collections: listCollections(state),
      requests: log.recent(),
      faults: faults.list(),
      sources: this.#sources(),
      kinds: KINDS,
      operations: OPERATIONS.map(({ operationId }) => operationId),
      prices: PRICES,
    });
  }

  #sources(): unknown {
    const query = new URLSearchParams({ limit: "1000000", order_by: "ASC" });
    const request = { method: "GET", path: "", query, token: undefined, body: undefined };
    return listSources(this.#from.state, request).body;
  }
}
