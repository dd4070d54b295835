import { printable, printableLines } from "../../api/errors.js";
import { connect } from "../../lookups/index.js";
import type { Context } from "../../provider/context.js";
import type { Properties } from "../../provider/resource.js";
import { createContext } from "../../provider/run/create-context.js";
import { sleep } from "../../provider/sleep.js";
import { requireEngine } from "../alive.js";
import { isInteractive } from "../terminal.js";
import { show } from "./engine.js";

/** What one run of the engine configured. */
class Run {
  readonly context: Context;
  readonly #settings: Properties;
  readonly #cancelled = new AbortController();
  #client: ReturnType<typeof connect> | undefined;

  constructor(settings: Properties) {
    this.#settings = settings;
    this.context = createContext((name) => this.#setting(name.replace("chroma-sync:", "")), {
      warn: (message, urn) => show(printable(message, 2000), { ...(urn ? { urn } : {}), warning: true }),
      info: (urn, message) => show(printableLines(message), { urn }),
      progress: (urn, message) => show(printable(message), { ...(urn ? { urn } : {}), transient: true }),
      isInteractive,
      requireEngine,
      cancelled: this.#cancelled.signal,
      now: Date.now,
      sleep,
      random: Math.random,
    });
  }

  /** The client of the functions. */
  get client() {
    this.#client ??= connect({ apiKey: this.#setting("apiKey"), endpoint: this.#setting("endpoint") });
    return this.#client;
  }

  /** The context of a call about one resource, which the engine gives so many seconds; 0 is no limit. */
  on(urn: string, waitLimitSeconds = 0): Context {
    const context = this.context.on(urn);
    return waitLimitSeconds > 0 ? { ...context, waitLimitSeconds } : context;
  }

  /** Ends the waits: what was started is answered with what is known of it. */
  cancel(): void {
    this.#cancelled.abort();
  }

  #setting(name: string): string | undefined {
    const value = this.#settings[name];
    return typeof value === "string" ? value : undefined;
  }
}

let run = new Run({});

/** The run that was configured last; before that, one with no settings. */
export const currentRun = (): Run => run;

/** Each run knows nothing of the one before: a server that a debugger holds serves many. */
export function startRun(settings: Properties): void {
  run = new Run(settings);
}
