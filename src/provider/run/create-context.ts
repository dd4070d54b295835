import { ChromaSyncClient } from "../../api/index.js";
import { urnDigest } from "../../model/urn-digest.js";
import { type ConfigReader, readExactlyOnce } from "../config.js";
import type { Context } from "../context.js";
import { type Mark, markOf } from "../exactly-once/mark.js";
import type { Host } from "../host.js";
import type { Disk } from "../journal/disk.js";
import { backendUrl, Folder, journalFolder } from "../journal/folder.js";
import { Journal, type JournalOptions } from "../journal/journal.js";
import type { Client } from "../service/client.js";
import { finishedListing } from "../service/finished.js";
import { recentListing } from "../service/recent.js";
import { createService } from "../service/service.js";
import { DeclaredSyncs } from "../validation/declared-syncs.js";
import { Poller } from "../waiting/poller.js";
import { createMemory } from "./memory.js";

/** What stands in for the world outside of a run: the service, and the disk and the processes that the journal sees. */
export interface Outside {
  connect?: (options: { apiKey: string; endpoint: string }) => Client;
  journal?: Partial<Pick<JournalOptions, "disk" | "self" | "isAlive" | "uptime">>;
}

/** A context for one run, over the real service and disk unless `outside` says otherwise. */
export function createContext(get: ConfigReader, host: Host, outside: Outside = {}): Context {
  const settings = readExactlyOnce(get);
  const { createTimeoutMs } = settings;
  const { connect = (options) => new ChromaSyncClient({ ...options, createTimeoutMs }) } = outside;
  const backend = backendUrl();
  let journal: Journal | undefined;
  const openJournal = () => {
    journal ??= new Journal({
      disk: diskOf(settings.journal),
      scope: backend,
      now: host.now,
      sleep: host.sleep,
      warn: host.warn,
      ...outside.journal,
    });
    return journal;
  };
  const warned = new Set<string>();
  const warnOnce = (message: string) => {
    if (!warned.has(message)) host.warn(message);
    warned.add(message);
  };
  const marks = new Map<string, Promise<Mark>>();
  const base = {
    ...host,
    ...createService(get, connect, warnOnce),
    ...createMemory(openJournal, host.warn),
    journal: openJournal,
    settleMs: settings.settleMs,
    createTimeoutMs,
    account: () => settings.account,
    declarationOf: (urn: string) => `${backend}\n${urnDigest(urn)}`,
    warnOnce,
    declared: new DeclaredSyncs(),
    on(this: Context, urn: string): Context {
      // What a read has said, a difference need not say again.
      const warn = (message: string) => {
        if (!warned.has(`${urn} ${message}`)) host.warn(message, urn);
        warned.add(`${urn} ${message}`);
      };
      const { seenInState } = this;
      return { ...this, warn, seenInState: (id, state, of = urn) => seenInState(id, state, of) };
    },
    mark(sourceId: string) {
      const mark = marks.get(sourceId) ?? markOf(base.client(), sourceId);
      marks.set(sourceId, mark);
      return mark;
    },
  };
  return Object.assign(base, {
    poller: new Poller(base),
    recent: recentListing(base),
    finished: finishedListing(base),
  });
}

function diskOf(configured: string | undefined): (() => Disk) | undefined {
  const folder = journalFolder(configured);
  return folder === undefined ? undefined : () => new Folder(folder);
}
