import * as net from "node:net";

/** The engine is gone: the id of whatever is created now would be lost. */
export class EngineGoneError extends Error {
  override name = "EngineGoneError";
  constructor() {
    super("The Pulumi engine has exited; no further requests are sent.");
  }
}

let attached: string | undefined;

/** An engine that did not start this process has given its address. */
export function attachTo(address: string): void {
  attached = address;
}

/** The address of the engine that this process serves; undefined if it was started by other means. */
export function engineAddress(): { host: string; port: number } | undefined {
  // The last argument: flags such as --tracing come before it.
  const [, host, port] = /^(.+):(\d+)$/.exec(attached ?? process.argv.at(-1) ?? "") ?? [];
  return host === undefined ? undefined : { host, port: Number(port) };
}

/** Many creates ask at once: one answer is good for a moment. */
const GOOD_FOR_MS = 100;
let asked: { at: number; answer: Promise<boolean> } | undefined;

/** Throws {@link EngineGoneError} if nothing listens at the engine's address any more. */
export async function requireEngine(): Promise<void> {
  const address = engineAddress();
  if (!address) return;
  const now = performance.now();
  if (!asked || now - asked.at > GOOD_FOR_MS) asked = { at: now, answer: answers(address) };
  if (!(await asked.answer)) throw new EngineGoneError();
}

function answers(address: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    const end = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(5000, () => end(true));
    socket.once("connect", () => end(true));
    // Only a refusal proves it: a busy machine may fail to connect for other reasons.
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code !== "ECONNREFUSED"));
  });
}
