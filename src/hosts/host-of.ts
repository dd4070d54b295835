import { printable, printableLines } from "../api/errors.js";
import type { Host } from "../provider/host.js";
import { sleep } from "../provider/sleep.js";
import { requireEngine } from "./alive.js";
import { isInteractive } from "./terminal.js";

/** One line for whoever watches the run. */
export interface Line {
  text: string;
  kind: "warning" | "permanent" | "transient";
  /** The resource on whose row it stands; else that of the stack. */
  urn?: string | undefined;
}

/** The host of the core in this process, over what shows its lines and what cancels it. */
export function hostOf(show: (line: Line) => void, cancelled: AbortSignal): Host {
  return {
    warn: (message, urn) => show({ text: printable(message, 2000), kind: "warning", urn }),
    info: (urn, message) => show({ text: printableLines(message), kind: "permanent", urn }),
    progress: (urn, message) => show({ text: printable(message), kind: "transient", urn }),
    isInteractive,
    requireEngine,
    cancelled,
    now: Date.now,
    sleep,
    random: Math.random,
  };
}
