/** Works things off in batches, one batch after the other: what comes during one is in the next. */
export class Queue<T> {
  readonly #work: (items: T[]) => Promise<void>;
  #waiting: T[] = [];
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #open = 0;

  constructor(work: (items: T[]) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves once the batch of a thing has been worked off, and fails as that does. */
  async add(item: T): Promise<void> {
    this.#waiting.push(item);
    this.#next ??= this.#running.then(() => this.#begin());
    this.#open++;
    try {
      await this.#next;
    } finally {
      this.#open--;
    }
  }

  /** Whether something is being worked off, or waits. */
  get busy(): boolean {
    return this.#open > 0;
  }

  #begin(): Promise<void> {
    const items = this.#waiting;
    this.#waiting = [];
    this.#next = undefined;
    const batch = this.#work(items);
    // The next batch comes after this one, however it ends.
    this.#running = batch.catch(() => undefined);
    return batch;
  }
}
