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

/** What is done when the engine ends. */
interface Ending {
  /** Milliseconds between two looks at whether it is there. */
  lookEveryMs: number;
  /** It ends this process by signal, as it does at the end of every run. */
  orderly(): void;
  /** It is gone while calls are under way: whatever they wait for, nobody takes the answer. */
  gone?(): void;
}

/** Ends this process once the engine is gone and no call is under way: the host itself would stay for ever. */
export function followEngine({ lookEveryMs, orderly, gone = () => undefined }: Ending): void {
  process.once("SIGINT", () => {
    orderly();
    process.exit(130);
  });
  const timer = setInterval(() => {
    requireEngine().catch((error) => {
      if (!(error instanceof EngineGoneError)) return;
      gone();
      if (running === 0) process.exit(1);
    });
  }, lookEveryMs);
  timer.unref();
}
