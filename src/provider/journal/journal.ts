import * as fs from "node:fs";
import * as path from "node:path";
import { Entry, readLines } from "./entry.js";
import { openFolder } from "./folder.js";
import { HeldIds } from "./held.js";

const AGE_LIMIT_MS = 7 * 24 * 3600_000;
const LOOK_AGAIN_MS = 250;
const PATIENCE_MS = 120_000;
/** Ids of parts are many, and one that is lost in between is found by listing. */
const GATHER_MS = 20;
/** The part that stands for the whole, once all is answered. */
export const MARK = "run";
const SUFFIX = ".jsonl";

/** A create under way, as the journal sees it. */
export interface Intent {
  /** Ids that earlier runs were given for these inputs, by the part of them that asked; "" where there are no parts. */
  taken: ReadonlyMap<string, string>;
  /** Those of them that were there before, and stay somebody else's. */
  adopted: ReadonlySet<string>;
  /** When an earlier run began that may have been given an id unseen, in local milliseconds; absent if none did. */
  unresolvedSince: number | undefined;
  /** Ids of other inputs, which no state holds. */
  lost: string[];
  /** Keeps an id until state is seen to hold it. */
  commit(id: string, part?: string, adopted?: true): Promise<void>;
  /** Nothing was created: forgets the intent. */
  abort(): Promise<void>;
}

/** What the journal needs from the outside. */
export interface JournalSurroundings {
  /** The folder; undefined for no journal. */
  folder: string | undefined;
  /** What tells one account, service and backend from another. It is kept as a keyed digest. */
  scope: string;
  now(): number;
  sleep(ms: number): Promise<void>;
  warn(message: string): void;
}

/**
 * Remembers creates on this disk until state is seen to hold their ids, since the engine forgets a create
 * that is killed. A disk that cannot be written is one warning: creates go on without it.
 */
export class Journal {
  readonly #around: JournalSurroundings;
  #digest: ((text: string) => string) | undefined;
  #fileOfId: Map<string, string> | undefined;
  readonly #returned = new Map<string, boolean>();
  #held: HeldIds | undefined;
  #isTold = false;

  constructor(around: JournalSurroundings) {
    this.#around = around;
  }

  /** Opens the entry of a resource, waiting for another process that is creating the same. */
  async begin(urn: string, inputs: string): Promise<Intent> {
    const digest = this.#open();
    if (!digest) return NO_JOURNAL;
    try {
      return await this.#begin(this.#fileOf(urn, digest), digest(inputs));
    } catch (error) {
      if (error instanceof OtherProcess) throw error;
      this.#unusable(error as Error);
      return NO_JOURNAL;
    }
  }

  /** Ids that were given for a resource and that no state was seen to hold. */
  idsOf(urn: string): string[] {
    const digest = this.#open();
    if (!digest) return [];
    return readLines(this.#fileOf(urn, digest)).flatMap((line) => ("id" in line ? [line.id] : []));
  }

  #fileOf(urn: string, digest: (text: string) => string): string {
    return path.join(this.#around.folder!, digest(`${this.#around.scope}\n${urn}`) + SUFFIX);
  }

  async #begin(file: string, inputs: string): Promise<Intent> {
    const at = this.#around.now();
    forgetOld(file, at);
    const entry = new Entry(file, inputs);
    let before = await entry.claim(at);
    while (!before) {
      if (this.#around.now() - at > PATIENCE_MS) {
        throw new OtherProcess(
          "Another process on this machine has been creating the same invocation for two minutes: wait for it, or end it, and run again.",
        );
      }
      await this.#around.sleep(LOOK_AGAIN_MS);
      before = await entry.turn(at);
    }
    const same = before.intents.filter((intent) => intent.inputs === inputs);
    const isOurs = (line: { inputs: string }) => line.inputs.startsWith(inputs);
    const taken = new Map(
      before.ids.filter(isOurs).map((line) => [line.inputs.slice(inputs.length + 1), line.id]),
    );
    return {
      taken,
      adopted: new Set(before.ids.filter((line) => line.adopted).map((line) => line.id)),
      unresolvedSince: same.length > 0 ? Math.min(...same.map((intent) => intent.at)) : undefined,
      lost: before.ids.filter((line) => !isOurs(line)).map((line) => line.id),
      commit: async (id, part, adopted) => {
        // Of parts, whoever creates knows the ids; the mark at the end stands for all.
        if (part === undefined || part === MARK) this.#index().set(id, file);
        const digest = part === undefined ? inputs : `${inputs}/${part}`;
        const within = part === undefined || part === MARK ? 0 : GATHER_MS;
        await entry.commit(id, digest, within, adopted).catch((error) => this.#unusable(error));
      },
      abort: async () => {
        fs.rmSync(file, { force: true });
      },
    };
  }

  /** The id is in state, so its entry has served. With `hold`, no later create may adopt that invocation. */
  settle(id: string, hold = false): void {
    const file = this.#index().get(id);
    try {
      if (file) fs.rmSync(file, { force: true });
      this.#index().delete(id);
      if (hold) this.#heldIds()?.add(id);
    } catch (error) {
      this.#unusable(error as Error);
    }
  }

  /** Whether an invocation belongs, or belonged, to a resource of this machine. */
  knows(id: string): boolean {
    return this.#index().has(id) || (this.#heldIds()?.has(id) ?? false);
  }

  /** The create of this id has been answered: an orderly end of the run finds it in state. */
  returned(id: string, hold: boolean): void {
    this.#returned.set(id, hold);
  }

  /** At the orderly end of a run, every create that was answered is in state. */
  settleReturned(): void {
    for (const [id, hold] of this.#returned) this.settle(id, hold);
    this.#returned.clear();
  }

  #open(): ((text: string) => string) | undefined {
    if (this.#around.folder === undefined) return undefined;
    try {
      this.#digest ??= openFolder(this.#around.folder);
    } catch (error) {
      this.#unusable(error as Error);
    }
    return this.#digest;
  }

  #heldIds(): HeldIds | undefined {
    const digest = this.#open();
    if (digest) this.#held ??= new HeldIds(this.#around.folder!, digest, this.#around.now());
    return this.#held;
  }

  /** Read once: entries of other processes concern other resources. */
  #index(): Map<string, string> {
    if (this.#fileOfId) return this.#fileOfId;
    this.#fileOfId = new Map();
    const folder = this.#around.folder;
    if (folder === undefined || !fs.existsSync(folder)) return this.#fileOfId;
    try {
      for (const name of fs.readdirSync(folder)) {
        if (!name.endsWith(SUFFIX)) continue;
        const file = path.join(folder, name);
        forgetOld(file, this.#around.now());
        for (const line of readLines(file)) if ("id" in line) this.#fileOfId.set(line.id, file);
      }
    } catch (error) {
      this.#unusable(error as Error);
    }
    return this.#fileOfId;
  }

  #unusable(error: Error): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#around.warn(
      `The journal of creates cannot be used (${error.message}): an invocation whose run is killed may be started again by the next one. ` +
        "Set chroma-sync:journal to a folder that can be written, or to `off`.",
    );
  }
}

/** Somebody else is creating the same; waiting did not help. */
export class OtherProcess extends Error {
  override name = "OtherProcess";
}

function forgetOld(file: string, now: number): void {
  const seen = fs.statSync(file, { throwIfNoEntry: false });
  if (seen && now - seen.mtimeMs > AGE_LIMIT_MS) fs.rmSync(file, { force: true });
}

const NO_JOURNAL: Intent = {
  taken: new Map(),
  adopted: new Set(),
  unresolvedSince: undefined,
  lost: [],
  commit: async () => undefined,
  abort: async () => undefined,
};
