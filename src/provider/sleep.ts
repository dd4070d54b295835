import { setTimeout } from "node:timers/promises";

/** Resolves after so many milliseconds, or when the signal aborts; it never rejects. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}
