import { RUN_MARK } from "./attempts.js";
import type { Entries } from "./entries.js";
import type { Holders } from "./holders.js";
import { type Asked, type Intent, SEND_NOTED_MS } from "./intent.js";
import { digestWith, type IdLine, newSalt, PART_LENGTH } from "./lines.js";
import type { Uptime } from "./uptime.js";

/** Ids of parts are many, and one that is lost in between is found by listing. */
const GATHER_MS = 20;

/** A claim of this process: its entry, its name in there, and what it asks for. */
interface Claim {
  name: string;
  n: string;
  asked: Asked;
}

/** What a create writes about itself. */
export function ownIntent(
  entries: Entries,
  holders: Holders,
  uptime: () => Uptime,
  { name, n, asked }: Claim,
): Pick<Intent, "open" | "sending" | "commit" | "refuse" | "close"> {
  let noted = Number.NEGATIVE_INFINITY;
  return {
    open(mark, parts) {
      const salt = newSalt();
      return entries.write(name, {
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
    sending() {
      const up = uptime();
      if (up.ms - noted < SEND_NOTED_MS) return;
      noted = up.ms;
      entries.note(name, { k: "send", n, up });
    },
    commit(id, part, adopted) {
      const isPart = part !== undefined && part !== RUN_MARK;
      if (!isPart) holders.given(id, name);
      const line: IdLine = { k: "id", n, id, ...(part ? { part } : {}), ...(adopted ? { adopted } : {}) };
      return entries.write(name, line, isPart ? GATHER_MS : 0);
    },
    refuse: (part) => entries.write(name, { k: "end", n, part }, GATHER_MS),
    close: () => entries.note(name, { k: "end", n }),
  };
}
