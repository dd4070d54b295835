import type { Job } from "../api/index.js";
import type { Host } from "./host.js";
import type { Journal } from "./journal/journal.js";
import type { Memory } from "./run/memory.js";
import type { Service } from "./service/service.js";
import type { Poller } from "./waiting/poller.js";

/** What a resource is given: the host, the service, and what this run knows. */
export interface Context extends Host, Service, Memory {
  /** The same warning at most once per process. */
  warnOnce(message: string): void;
  /** The creates of this machine that state may not hold. */
  journal(): Journal;
  /** Who waits for which invocation. */
  poller: Poller;
  /** Invocations of a source accepted within so many milliseconds, listed once per process. */
  recent(sourceId: string, windowMs: number): Promise<Job[]>;
}
