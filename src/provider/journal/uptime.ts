import * as fs from "node:fs";
import * as os from "node:os";

/** How long the machine has been running; unlike the time of day nobody sets it. */
export interface Uptime {
  /** Tells one start of the machine from another. */
  boot: string;
  ms: number;
}

/** The uptime of this machine. */
export function uptime(): Uptime {
  return { boot: bootId(), ms: Math.round(os.uptime() * 1000) };
}

let boot: string | undefined;

function bootId(): string {
  if (boot !== undefined) return boot;
  try {
    boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    // Elsewhere the time of the start stands for it; it changes if the clock is set.
    boot = String(Math.round(Date.now() / 10_000 - os.uptime() / 10));
  }
  return boot;
}

/** Milliseconds between two moments; 0 if that cannot be told. */
export function elapsedBetween(before: Uptime | undefined, after: Uptime): number {
  return before?.boot === after.boot ? Math.max(0, after.ms - before.ms) : 0;
}
