import type { ConfigReader } from "../../provider/config.js";
import type { Context } from "../../provider/context.js";
import { createContext } from "../../provider/run/create-context.js";
import { hostOf } from "../host-of.js";
import { followEngine } from "../lifetime.js";
import { cancelSignal } from "./cancel.js";
import { show } from "./engine.js";

const LOOK_EVERY_MS = 10_000;

let context: Context | undefined;

/** The context of this process; at the first call also all that is done to the process itself. */
export function start(get: ConfigReader = () => undefined): Context {
  if (context) return context;
  context = createContext(get, hostOf(show, cancelSignal()));
  followEngine({ lookEveryMs: LOOK_EVERY_MS });
  return context;
}
