import { createHash, randomBytes } from "node:crypto";
import { type Attempt, type Entry, entryOf, isAnswered, RUN_MARK } from "./attempts.js";
import { type Disk, MemoryDisk } from "./disk.js";
import { SUFFIX } from "./folder.js";
import { type Asked, type Earlier, earlierOf, type Intent, SEND_NOTED_MS } from "./intent.js";
import { digestWith, type Line, lineText, newSalt, PART_LENGTH, readLines } from "./lines.js";
import { isAlive, type Owner, SELF, sameOwner } from "./owner.js";
import { type Uptime, uptime } from "./uptime.js";
import { Writer } from "./writer.js";

const KEPT_MS = 3 * 24 * 3600_000;
const KEPT_IDS = 1000;
const LOOK_AGAIN_MS = 250;
/** A request may take two minutes; nothing is sent again by a process whose engine has exited. */
const PATIENCE_MS = 180_000;
/** Ids of parts are many, and one that is lost in between is found by listing. */
const GATHER_MS = 20;

/** What the journal needs from the outside. */
export interface JournalOptions {
  /** Opens the disk, or throws if that is not possible; undefined for no disk. */
  disk: (() => Disk) | undefined;
  /** Tells the state of one backend from that of another. */
  scope: string;
  now(): number;
  sleep(ms: number): Promise<void>;
  warn(message: string): void;
  /** This process, and whether another one runs. */
  self?: Owner;
  isAlive?: (owner: Owner) => boolean;
  uptime?: () => Uptime;
}

/** Who an id belongs to, by the journal of this machine. */
export interface Holder {
  /** The entry that holds it. */
  entry: string;
  /** The resource, if its program was seen to hold the id. */
  urn: string | undefined;
  /** Whether a state held it when the journal was written last. */
  isHeld: boolean;
}

/** The name of a resource's entry; `urn` is the digest of its URN. */
export function entryName(scope: string, urn: string): string {
  return createHash("sha256").update(`${scope}\n${urn}`).digest("base64url").slice(0, 22) + SUFFIX;
}

/** Another process creates the same, and waiting did not help. */
export class OtherProcessError extends Error {
  override name = "OtherProcessError";
}

/**
 * Remembers creates until state is seen to hold their ids, since the engine forgets a create that is killed.
 * An entry for each resource, to which lines are added; without a disk for as long as the process lives.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #self: Owner;
  readonly #isAlive: (owner: Owner) => boolean;
  readonly #uptime: () => Uptime;
  readonly #memory = new MemoryDisk();
  readonly #writer: Writer;
  #disk: Disk | undefined;
  #waitingFor: Map<string, string> | undefined;
  /** Entries by the ids that were held when one was freed first. */
  #heldIn: Map<string, string> | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#self = options.self ?? SELF;
    this.#isAlive = options.isAlive ?? isAlive;
    this.#uptime = options.uptime ?? uptime;
    this.#writer = new Writer(() => this.#opened(), options.sleep);
  }

  /** Begins a create of a resource, after any other process that is creating the same. The first URN is today's. */
  async begin(urns: readonly string[], asked: Asked): Promise<Intent> {
    const [name, ...former] = urns.map((urn) => this.#nameOf(urn));
    this.#dropServed(name!);
    this.#endTornLine(name!);
    const n = randomBytes(6).toString("base64url");
    this.#note(name!, { k: "claim", n, at: this.#options.now(), owner: this.#self });
    const begun = this.#options.now();
    let entry = this.#read(name!);
    while (this.#isOthersTurn(entry, n)) {
      if (this.#options.now() - begun > PATIENCE_MS)
        throw new OtherProcessError(
          "Another process on this machine has been creating the same resource for three minutes. Wait until it has ended, or end it, then run `pulumi up` again.",
        );
      await this.#options.sleep(LOOK_AGAIN_MS);
      entry = this.#read(name!);
    }
    const entries = [[name!, entry] as const, ...former.map((one) => [one, this.#read(one)] as const)];
    const torn = entries.find(([, one]) => one.unreadable);
    const reread = () => this.open(urns, asked, n);
    return {
      earlier: reread(),
      reread,
      unreadable: torn && this.#opened().place(torn[0]),
      unattributed: new Set(entries.flatMap(([, one]) => [...one.unattributed])),
      ...this.#intent(name!, n, asked),
    };
  }

  /** Attempts of a resource of which something is not known, but for the one with the name `own`. */
  open(urns: readonly string[], asked: Asked, own?: string): Earlier[] {
    return urns
      .map((urn) => this.#nameOf(urn))
      .flatMap((name) =>
        this.#read(name)
          .attempts.filter(({ claim, intent, closed }) => claim.n !== own && intent && !closed)
          .map((attempt) => this.#earlier(name, attempt, asked)),
      );
  }

  /** A state holds the id: what its attempt left behind has served. `urn` is the resource's full URN, if known. */
  held(id: string, urn?: string): void {
    const waiting = this.#unheld();
    const name = waiting.get(id);
    if (name === undefined) return;
    waiting.delete(id);
    this.#note(name, { k: "held", id, ...(urn ? { urn } : {}) });
  }

  /** The same, of an id that the journal may not know, so that no other create adopts it. `urn` names the entry. */
  heldBy(urn: string, id: string, fullUrn: string): void {
    const name = this.#nameOf(urn);
    this.#unheld().delete(id);
    if (this.#read(name).held.has(id)) return;
    this.#note(name, { k: "held", id, urn: fullUrn });
  }

  /** No state holds the id any longer. */
  freed(id: string): void {
    this.#heldIn ??= new Map(
      this.#entries().flatMap(([name, { held }]) => [...held].map((one): [string, string] => [one, name])),
    );
    const name = this.#heldIn.get(id);
    if (name !== undefined) this.#note(name, { k: "freed", id });
  }

  /** Who each id belongs to, read anew: other processes write too. */
  holders(): Map<string, Holder> {
    const holders = new Map<string, Holder>();
    for (const [name, { attempts, held, freed, urn }] of this.#entries()) {
      const add = (id: string) =>
        holders.set(id, { entry: this.#opened().place(name), urn, isHeld: held.has(id) && !freed.has(id) });
      for (const { ids } of attempts) for (const id of ids.values()) add(id);
      for (const id of held) add(id);
    }
    return holders;
  }

  /** Whether a holder is one of these resources. */
  isEntryOf({ entry }: Holder, urns: readonly string[]): boolean {
    return urns.some((urn) => this.#opened().place(this.#nameOf(urn)) === entry);
  }

  /** Whether another process is just sending something that a list of the source would show as the same. */
  hasRival(urns: readonly string[], sourceId: string, echo?: string): boolean {
    const own = new Set(urns.map((urn) => this.#nameOf(urn)));
    const isAlike = ({ intent }: Attempt) =>
      intent?.source === sourceId &&
      // What a batch sends is not in its intent.
      (echo === undefined || intent.echo === undefined || intent.echo === digestWith(intent.salt, echo));
    return this.#entries().some(
      ([name, { attempts }]) =>
        !own.has(name) && attempts.some((attempt) => isAlike(attempt) && this.#isUnderWay(attempt)),
    );
  }

  #intent(name: string, n: string, asked: Asked): Pick<Intent, "open" | "sending" | "commit" | "close"> {
    let noted = Number.NEGATIVE_INFINITY;
    return {
      open: (mark, parts) => {
        const salt = newSalt();
        return this.#write(name, {
          k: "intent",
          n,
          salt,
          inputs: digestWith(salt, asked.inputs),
          ...(asked.echo === undefined ? {} : { echo: digestWith(salt, asked.echo) }),
          account: digestWith(salt, asked.account),
          source: asked.sourceId,
          ...(mark ? { mark: [...mark] } : {}),
          ...(parts ? { parts: parts.map((part) => part.slice(0, PART_LENGTH)).join("") } : {}),
        });
      },
      sending: () => {
        const up = this.#uptime();
        if (up.ms - noted < SEND_NOTED_MS) return;
        noted = up.ms;
        this.#note(name, { k: "send", n, up });
      },
      commit: (id, part, adopted) => {
        const isPart = part !== undefined && part !== RUN_MARK;
        if (!isPart) this.#unheld().set(id, name);
        const line: Line = { k: "id", n, id, ...(part ? { part } : {}), ...(adopted ? { adopted } : {}) };
        return this.#write(name, line, isPart ? GATHER_MS : 0);
      },
      close: () => this.#note(name, { k: "end", n }),
    };
  }

  #earlier(name: string, attempt: Attempt, asked: Asked): Earlier {
    const { n } = attempt.claim;
    return earlierOf(attempt, asked, this.#uptime(), {
      commit: (id) => {
        attempt.ids.set("", id);
        this.#unheld().set(id, name);
        return this.#write(name, { k: "id", n, id });
      },
      close: () => this.#note(name, { k: "end", n }),
    });
  }

  /** Whether an attempt that was claimed before ours is still under way in another process. */
  #isOthersTurn({ attempts }: Entry, n: string): boolean {
    const own = attempts.findIndex(({ claim }) => claim.n === n);
    const before = own < 0 ? attempts : attempts.slice(0, own);
    return before.some((attempt) => this.#isUnderWay(attempt));
  }

  #isUnderWay(attempt: Attempt): boolean {
    const { owner } = attempt.claim;
    return !attempt.closed && !isAnswered(attempt) && !sameOwner(owner, this.#self) && this.#isAlive(owner);
  }

  /** Ids that no state was seen to hold, with their entries; read once, since this process adds its own. */
  #unheld(): Map<string, string> {
    if (this.#waitingFor) return this.#waitingFor;
    this.#waitingFor = new Map();
    for (const [name, { attempts }] of this.#entries())
      for (const { ids, closed } of attempts)
        if (!closed) for (const id of ids.values()) this.#waitingFor.set(id, name);
    return this.#waitingFor;
  }

  #entries(): [string, Entry][] {
    return [...new Set([...this.#names(), ...this.#memory.names()])].map((name) => [name, this.#read(name)]);
  }

  #names(): string[] {
    try {
      return this.#opened().names();
    } catch (error) {
      this.#unusable(error as Error);
      return [];
    }
  }

  #read(name: string): Entry {
    let text = "";
    let unreadable = false;
    const disk = this.#opened();
    try {
      text = disk.read(name) ?? "";
    } catch (error) {
      unreadable = true;
      this.#unusable(error as Error);
    }
    if (disk !== this.#memory) text += this.#memory.read(name) ?? "";
    const read = readLines(text);
    return entryOf(read.lines, unreadable || read.unreadable);
  }

  /** Adds a line that is not needed if the machine fails. */
  #note(name: string, line: Line): void {
    try {
      this.#opened().append(name, lineText(line));
    } catch (error) {
      this.#unusable(error as Error);
      this.#memory.append(name, lineText(line));
    }
  }

  async #write(name: string, line: Line, withinMs?: number): Promise<void> {
    try {
      await this.#writer.add(name, line, withinMs);
    } catch (error) {
      this.#unusable(error as Error);
      this.#memory.append(name, lineText(line));
    }
  }

  /** A line that was cut short must not swallow the next one. */
  #endTornLine(name: string): void {
    try {
      const text = this.#opened().read(name);
      if (text && !text.endsWith("\n")) this.#opened().append(name, "\n");
    } catch (error) {
      this.#unusable(error as Error);
    }
  }

  /** Drops an entry that has served, once it is old or large: it tells nothing about what a list shows now. */
  #dropServed(name: string): void {
    const { attempts, unreadable } = this.#read(name);
    if (unreadable || attempts.length === 0 || !attempts.every((one) => one.closed || !one.intent)) return;
    const ids = attempts.reduce((sum, attempt) => sum + attempt.ids.size, 0);
    const begun = Math.max(...attempts.map(({ claim }) => claim.at));
    if (this.#options.now() - begun < KEPT_MS && ids < KEPT_IDS) return;
    try {
      this.#opened().replace(name, undefined);
    } catch (error) {
      this.#unusable(error as Error);
    }
  }

  #nameOf(urn: string): string {
    return entryName(this.#options.scope, urn);
  }

  #opened(): Disk {
    if (this.#disk) return this.#disk;
    try {
      this.#disk = this.#options.disk?.() ?? this.#memory;
    } catch (error) {
      this.#disk = this.#memory;
      this.#unusable(error as Error);
    }
    return this.#disk;
  }

  #isTold = false;
  #unusable(error: Error): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#options.warn(
      `The create journal is unavailable (${error.message}): if this run is killed, the next one may start the same invocation again. ` +
        "Set chroma-sync:journal to a writable folder, or to `off`.",
    );
  }
}
