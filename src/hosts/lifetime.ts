import { EngineGoneError, requireEngine } from "./alive.js";

const LOOK_EVERY_MS = 10_000;

let running = 0;

/** Counts the calls under way, so that an end of the process cuts none short. */
export async function whileRunning<T>(run: () => Promise<T>): Promise<T> {
  running++;
  try {
    return await run();
  } finally {
    running--;
  }
}

/**
 * Ends this process once the engine is gone and no call is under way: the host itself would stay forever.
 */
export function followEngine(): void {
  const timer = setInterval(() => {
    if (running > 0) return;
    requireEngine().catch((error) => {
      if (error instanceof EngineGoneError && running === 0) process.exit(1);
    });
  }, LOOK_EVERY_MS);
  timer.unref();
}
