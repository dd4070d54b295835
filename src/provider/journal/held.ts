import * as fs from "node:fs";
import * as path from "node:path";

const DAY_MS = 24 * 3600_000;
const KEPT_DAYS = 3;
const PREFIX = "held-";

/**
 * Invocations that a state is known to hold, or to have held: a create that looks for one to adopt passes
 * over them, or a replacement would adopt what it is about to delete. One file a day, kept three days;
 * nothing older than a day is looked at for adoption.
 */
export class HeldIds {
  readonly #digest: (text: string) => string;
  readonly #today: string;
  readonly #known = new Set<string>();

  constructor(folder: string, digest: (text: string) => string, now: number) {
    this.#digest = digest;
    this.#today = path.join(folder, PREFIX + day(now));
    const oldest = PREFIX + day(now - KEPT_DAYS * DAY_MS);
    for (const name of fs.readdirSync(folder)) {
      if (!name.startsWith(PREFIX)) continue;
      const file = path.join(folder, name);
      if (name < oldest) fs.rmSync(file, { force: true });
      else for (const line of fs.readFileSync(file, "utf8").split("\n")) this.#known.add(line);
    }
  }

  add(id: string): void {
    const line = this.#digest(`held ${id}`);
    if (this.#known.has(line)) return;
    this.#known.add(line);
    fs.appendFileSync(this.#today, `${line}\n`, { mode: 0o600 });
  }

  has(id: string): boolean {
    return this.#known.has(this.#digest(`held ${id}`));
  }
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
