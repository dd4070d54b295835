import { printable, printableLines } from "../../api/errors.js";
import type { ConfigReader } from "../../provider/config.js";
import type { Context } from "../../provider/context.js";
import { createContext } from "../../provider/run/create-context.js";
import { sleep } from "../../provider/sleep.js";
import { requireEngine } from "../alive.js";
import { followEngine } from "../lifetime.js";
import { isInteractive } from "../terminal.js";
import { cancelSignal } from "./cancel.js";
import { show, warn } from "./engine.js";

const LOOK_EVERY_MS = 10_000;

let context: Context | undefined;

/** The context of this process; at the first call also all that is done to the process itself. */
export function start(get: ConfigReader = () => undefined): Context {
  if (context) return context;
  context = createContext(get, {
    warn: (message, urn) => warn(urn, printable(message, 2000)),
    info: (urn, message) => show(urn, printableLines(message), {}),
    progress: (urn, message) => show(urn, printable(message), { transient: true }),
    isInteractive,
    requireEngine,
    cancelled: cancelSignal(),
    now: Date.now,
    sleep,
    random: Math.random,
  });
  followEngine({ lookEveryMs: LOOK_EVERY_MS });
  return context;
}
