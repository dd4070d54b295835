import { createHash } from "node:crypto";
import { ChromaSyncClient } from "../../api/index.js";
import { type ConfigReader, readJournal } from "../config.js";
import type { Context } from "../context.js";
import { recentListing } from "../exactly-once/conflict.js";
import type { Host } from "../host.js";
import { backendUrl, journalFolder } from "../journal/folder.js";
import { Journal } from "../journal/journal.js";
import type { Client } from "../service/client.js";
import { createService } from "../service/service.js";
import { Poller } from "../waiting/poller.js";
import { createMemory } from "./memory.js";

/** A context for one run, over the real service unless `connect` says otherwise. */
export function createContext(
  get: ConfigReader,
  host: Host,
  connect: (options: { apiKey: string; endpoint: string }) => Client = (options) =>
    new ChromaSyncClient(options),
): Context {
  let journal: Journal | undefined;
  const openJournal = () => {
    journal ??= journalOf(get, host);
    return journal;
  };
  const warned = new Set<string>();
  const base = {
    ...host,
    ...createService(get, connect),
    ...createMemory(openJournal),
    journal: openJournal,
    warnOnce(message: string) {
      if (!warned.has(message)) host.warn(message);
      warned.add(message);
    },
  };
  return Object.assign(base, { poller: new Poller(base), recent: recentListing(base) });
}

function journalOf(get: ConfigReader, { now, sleep, warn }: Host): Journal {
  const { place, scope } = readJournal(get);
  return new Journal({
    folder: journalFolder(place),
    scope: `${createHash("sha256").update(scope).digest("hex")}\n${backendUrl()}`,
    now,
    sleep,
    warn,
  });
}
