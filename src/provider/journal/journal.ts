import { randomBytes } from "node:crypto";
import { type Attempt, type Entry, isAnswered } from "./attempts.js";
import type { Disk } from "./disk.js";
import { Entries } from "./entries.js";
import { Holders } from "./holders.js";
import { type Asked, type Earlier, earlierOf, type Intent } from "./intent.js";
import { digestWith } from "./lines.js";
import { ownIntent } from "./own-intent.js";
import { isAlive, type Owner, SELF, sameOwner } from "./owner.js";
import { type Uptime, uptime } from "./uptime.js";

const KEPT_MS = 3 * 24 * 3600_000;
const KEPT_IDS = 1000;
const LOOK_AGAIN_MS = 250;
/** A request may take two minutes; nothing is sent again by a process whose engine has exited. */
const TURN_LIMIT_MS = 180_000;

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

/** Another process creates the same, and waiting did not help. */
export class OtherProcessError extends Error {
  override name = "OtherProcessError";
}

/**
 * Remembers creates until state is seen to hold their ids, since the engine forgets a create that is killed.
 * An entry for each resource, to which lines are added; without a disk for as long as the process lives.
 */
export class Journal {
  /** Which resource has which id. */
  readonly holders: Holders;
  readonly #options: JournalOptions;
  readonly #self: Owner;
  readonly #isAlive: (owner: Owner) => boolean;
  readonly #uptime: () => Uptime;
  readonly #entries: Entries;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#self = options.self ?? SELF;
    this.#isAlive = options.isAlive ?? isAlive;
    this.#uptime = options.uptime ?? uptime;
    this.#entries = new Entries(options.disk, options.scope, options.sleep, options.warn);
    this.holders = new Holders(this.#entries);
  }

  /** Begins a create of a resource, after any other process that is creating the same. The first URN is today's. */
  async begin(urns: readonly string[], asked: Asked): Promise<Intent> {
    const [name, ...former] = urns.map((urn) => this.#entries.nameOf(urn));
    this.#entries.prepare(name!, (entry) => this.#isServed(entry));
    const n = randomBytes(6).toString("base64url");
    this.#entries.note(name!, { k: "claim", n, at: this.#options.now(), owner: this.#self });
    const own = await this.#inTurn(name!, n);
    const entries = [[name!, own] as const, ...former.map((one) => [one, this.#entries.read(one)] as const)];
    const torn = entries.find(([, entry]) => entry.unreadable);
    return {
      earlier: entries.flatMap(([one, entry]) => this.#earlier(one, entry, asked, n)),
      reread: () => this.open(urns, asked, n),
      unreadable: torn && this.#entries.place(torn[0]),
      unattributed: () => new Set(entries.flatMap(([one]) => [...this.#entries.read(one).unattributed])),
      ...ownIntent(this.#entries, this.holders, this.#uptime, { name: name!, n, asked }),
    };
  }

  /** Attempts of a resource of which something is not known, but for the one with the name `own`. */
  open(urns: readonly string[], asked: Asked, own?: string): Earlier[] {
    return urns.flatMap((urn) => {
      const name = this.#entries.nameOf(urn);
      return this.#earlier(name, this.#entries.read(name), asked, own);
    });
  }

  /** Whether another process is just sending something that a list of the source would show as the same. */
  hasRival(urns: readonly string[], sourceId: string, echo?: string): boolean {
    const own = new Set(urns.map((urn) => this.#entries.nameOf(urn)));
    const isAlike = ({ intent }: Attempt) =>
      intent?.source === sourceId &&
      // What a batch sends is not in its intent.
      (echo === undefined || intent.echo === undefined || intent.echo === digestWith(intent.salt, echo));
    return this.#entries
      .all()
      .some(
        ([name, { attempts }]) =>
          !own.has(name) && attempts.some((attempt) => isAlike(attempt) && this.#isUnderWay(attempt)),
      );
  }

  #earlier(name: string, { attempts }: Entry, asked: Asked, own: string | undefined): Earlier[] {
    return attempts
      .filter(({ claim, intent, closed }) => claim.n !== own && intent && !closed)
      .map((attempt) => {
        const { n } = attempt.claim;
        return earlierOf(attempt, asked, this.#uptime(), {
          commit: (id) => {
            attempt.ids.set("", id);
            this.holders.given(id, name);
            return this.#entries.write(name, { k: "id", n, id });
          },
          leave: () => this.#entries.write(name, { k: "left", n }),
          close: () => this.#entries.note(name, { k: "end", n }),
        });
      });
  }

  /** Waits until no attempt that was claimed before is under way in another process; resolves with the entry. */
  async #inTurn(name: string, n: string): Promise<Entry> {
    const begun = this.#options.now();
    for (;;) {
      const entry = this.#entries.read(name);
      const own = entry.attempts.findIndex(({ claim }) => claim.n === n);
      const before = own < 0 ? entry.attempts : entry.attempts.slice(0, own);
      if (!before.some((attempt) => this.#isUnderWay(attempt))) return entry;
      if (this.#options.now() - begun > TURN_LIMIT_MS)
        throw new OtherProcessError(
          "Another process on this machine has been creating the same resource for three minutes. Wait until it has ended, or end it, then run `pulumi up` again.",
        );
      await this.#options.sleep(LOOK_AGAIN_MS);
    }
  }

  #isUnderWay(attempt: Attempt): boolean {
    const { owner } = attempt.claim;
    return !attempt.closed && !isAnswered(attempt) && !sameOwner(owner, this.#self) && this.#isAlive(owner);
  }

  /** Whether an entry is of no use any more, and old or large: it tells nothing about what a list shows now. */
  #isServed({ attempts, unreadable }: Entry): boolean {
    if (unreadable || attempts.length === 0 || !attempts.every((one) => one.closed || !one.intent))
      return false;
    const ids = attempts.reduce((sum, attempt) => sum + attempt.ids.size, 0);
    const begun = Math.max(...attempts.map(({ claim }) => claim.at));
    return this.#options.now() - begun >= KEPT_MS || ids >= KEPT_IDS;
  }
}
