import type { Feed } from "./control/feed.js";
import type { DataFile } from "./data/open.js";
import type { Faults } from "./faults.js";
import type { Guard } from "./http/guard.js";
import type { RequestLog } from "./http/request-log.js";
import type { Spool } from "./http/spool.js";
import { RefusalError } from "./reply.js";
import type { State } from "./state.js";
import type { ChromaServer } from "./sync/chroma.js";

/** What answers the requests of one emulator. */
export interface Service {
  state: State;
  faults: Faults;
  guard: Guard;
  log: RequestLog;
  spool: Spool;
  feed: Feed;
  data: DataFile | undefined;
  chroma: ChromaServer | undefined;
  clientTimeoutMs: number;
}

/** Resolves once everything that a reply tells of is on the disk; a RefusalError 500 if it cannot be written. */
export async function durable({ data }: Pick<Service, "data">): Promise<void> {
  try {
    await data?.synced();
  } catch (error) {
    throw new RefusalError(500, "Internal", `the data file cannot be written: ${(error as Error).message}`);
  }
}
