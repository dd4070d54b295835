import type * as http from "node:http";

const LINGER_MS = 1000;

/**
 * A request was refused while its body may still be on the way. What comes is thrown away for a moment, so that
 * the client reads the refusal instead of a reset; then the connection is cut.
 */
export function discardRest(incoming: http.IncomingMessage): void {
  if (incoming.complete) return;
  incoming.resume();
  const timer = setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroy();
  }, LINGER_MS);
  timer.unref();
  incoming.once("close", () => clearTimeout(timer));
}
