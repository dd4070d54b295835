import type { Job } from "../api/index.js";
import type { Mark } from "./exactly-once/mark.js";
import type { Host } from "./host.js";
import type { Journal } from "./journal/journal.js";
import type { Memory } from "./run/memory.js";
import type { Service } from "./service/service.js";
import type { Where } from "./service/with-status.js";
import type { DeclaredSyncs } from "./validation/declared-syncs.js";
import type { Poller } from "./waiting/poller.js";

/** What a resource is given: the host, the service, and what this run knows. */
export interface Context extends Host, Service, Memory {
  /** The same for a call about one resource: its warnings are shown on its row, and what is seen in state is its own. */
  on(urn: string): Context;
  /** The same warning at most once per process, on the row of the stack. */
  warnOnce(message: string): void;
  /** What the resources of this run sync. */
  declared: DeclaredSyncs;
  /** The creates of this machine that state may not hold. */
  journal(): Journal;
  /** Who waits for which invocation. */
  poller: Poller;
  /** How long an invocation that was accepted may take to be listed, in milliseconds. */
  settleMs: number;
  /** How long the answer to a request that creates is waited for, in milliseconds. */
  createTimeoutMs: number;
  /** One text for the API key and the endpoint in use. */
  account(): string;
  /** One text for a resource, whatever the machine: its backend and its URN. */
  declarationOf(urn: string): string;
  /** The newest ids of a source before this run sent anything to it. */
  mark(sourceId: string): Promise<Mark>;
  /** Invocations of a source accepted within so many milliseconds, listed once per process. */
  recent(sourceId: string, windowMs: number): Promise<Job[]>;
  /** Finished invocations, listed once per process. */
  finished(where: Where): Promise<Job[]>;
}
