/** What a list of invocations could mistake for each other: requests to one source that have a key in common. */
export interface Sending {
  sourceId: string;
  /** Called only if another one sends to the same source. */
  keys(): ReadonlySet<string>;
}

interface Turn {
  sending: Sending;
  ended: Promise<unknown>;
}

/** Runs one at a time of those that have a key in common, in the order of their calls. */
export class Turns {
  readonly #taken = new Set<Turn>();

  async run<T>(sending: Sending, work: () => Promise<T>): Promise<T> {
    const before = [...this.#taken].filter((turn) => overlap(turn.sending, sending));
    const ended = Promise.allSettled(before.map((turn) => turn.ended)).then(work);
    const turn = { sending, ended };
    this.#taken.add(turn);
    try {
      return await ended;
    } finally {
      this.#taken.delete(turn);
    }
  }
}

function overlap(a: Sending, b: Sending): boolean {
  if (a.sourceId !== b.sourceId) return false;
  const [few, many] = [a.keys(), b.keys()].sort((one, other) => one.size - other.size);
  for (const key of few!) if (many!.has(key)) return true;
  return false;
}
