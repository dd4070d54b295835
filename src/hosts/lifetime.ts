import { EngineGoneError, requireEngine } from "./alive.js";

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

/** How the engine is followed. */
interface Following {
  /** Milliseconds between two looks at whether it is there. */
  lookEveryMs: number;
  /** It is gone while calls are under way: no engine takes their answers. */
  gone?(): void;
}

/** Ends this process once the engine is gone and no call is under way: the host itself would stay forever. */
export function followEngine({ lookEveryMs, gone = () => undefined }: Following): void {
  const timer = setInterval(() => {
    requireEngine().catch((error) => {
      if (!(error instanceof EngineGoneError)) return;
      gone();
      if (running === 0) process.exit(1);
    });
  }, lookEveryMs);
  timer.unref();
}
