import * as fs from "node:fs";
import { open } from "node:fs/promises";
import { sleep } from "../sleep.js";
import { isAlive, type Owner, SELF, sameOwner } from "./owner.js";

const VERSION = 1;

/** A create that was begun: who by, when by the local clock, and the digest of its inputs. */
interface IntentLine {
  v: number;
  at: number;
  owner: Owner;
  inputs: string;
}

/** An invocation that was accepted, and the digest of the inputs that asked for it. */
interface IdLine {
  id: string;
  inputs: string;
  /** It was there before. */
  adopted?: true;
}

/** What a file says of earlier creates. */
export interface Before {
  intents: IntentLine[];
  ids: IdLine[];
}

/** What a file says, in the order of its lines. A line that was cut short by a crash says nothing. */
export function readLines(file: string): (IntentLine | IdLine)[] {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap((line) => {
    try {
      const value = JSON.parse(line);
      return typeof value.id === "string" || value.v === VERSION ? [value] : [];
    } catch {
      return [];
    }
  });
}

/**
 * The append-only file of one resource. Creators append themselves and read back: the first of them that
 * is still alive has the turn, and the others wait for what comes of it.
 */
export class Entry {
  readonly file: string;
  readonly #inputs: string;
  #unwritten: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #gathering = false;

  constructor(file: string, inputs: string) {
    this.file = file;
    this.#inputs = inputs;
  }

  /** Says on disk that a create begins. Returns what is there already, or undefined if another process has the turn. */
  async claim(at: number): Promise<Before | undefined> {
    await this.#append({ v: VERSION, at, owner: SELF, inputs: this.#inputs });
    return this.turn(at);
  }

  /** The same for a create that has been claimed before. */
  async turn(at: number): Promise<Before | undefined> {
    const lines = readLines(this.file);
    const own = lines.findIndex((line) => "owner" in line && line.at === at && sameOwner(line.owner, SELF));
    if (own < 0) {
      // Settled by another process in between: the line went with the file.
      return this.claim(at);
    }
    const ids = lines.filter((line): line is IdLine => "id" in line);
    const intents = lines.slice(0, own).filter((line): line is IntentLine => "owner" in line);
    const known = ids.some((line) => line.inputs === this.#inputs);
    const others = intents.some(({ owner }) => !sameOwner(owner, SELF) && isAlive(owner));
    return others && !known ? undefined : { intents, ids };
  }

  /** Puts an id on disk; ids given within so many milliseconds share one write. */
  commit(id: string, inputs: string = this.#inputs, withinMs = 0, adopted?: true): Promise<void> {
    return this.#append({ id, inputs, ...(adopted ? { adopted } : {}) }, withinMs);
  }

  #append(line: IntentLine | IdLine, withinMs = 0): Promise<void> {
    this.#unwritten.push(`${JSON.stringify(line)}\n`);
    if (this.#gathering) return this.#writing;
    this.#gathering = true;
    const flush = async () => {
      if (withinMs > 0) await sleep(withinMs);
      this.#gathering = false;
      await this.#flush();
    };
    this.#writing = this.#writing.then(flush, flush);
    return this.#writing;
  }

  async #flush(): Promise<void> {
    if (this.#unwritten.length === 0) return;
    const text = this.#unwritten.join("");
    this.#unwritten = [];
    const handle = await open(this.file, "a", 0o600);
    try {
      await handle.appendFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }
}
