/** What the core needs of the process that runs it. */
export interface Host {
  /** A warning on the row of one resource or, if it concerns no single one, of the stack; repeated at the end of the run. */
  warn(message: string, urn?: string): void;
  /** Lines on the row of one resource, repeated at the end of the run. */
  info(urn: string, message: string): void;
  /** A transient line on the row of one resource. */
  progress(urn: string | undefined, message: string): void;
  /** Whether rows change in place, on a terminal. Otherwise each line of progress stays. */
  isInteractive(): boolean;
  /** Throws if the engine that asked has exited: what is created would be lost. */
  requireEngine(): Promise<void>;
  /** Aborted at the first Ctrl-C, as far as the host can tell. */
  cancelled: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
  /** Seconds that the engine gives the call under way; undefined if it sets no limit. */
  waitLimitSeconds?: number;
}
