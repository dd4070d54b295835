import type { Context } from "../../provider/context.js";
import type { Properties } from "../../provider/resource.js";
import { createContext } from "../../provider/run/create-context.js";
import { hostOf } from "../host-of.js";
import { show } from "./engine.js";

/** What one run of the engine configured. */
export interface Run {
  context: Context;
  /** Ends the waits: what was started is answered with what is known of it. */
  cancel(): void;
}

let run = runWith({});

/** The run that was configured last; before that, one with no settings. */
export const currentRun = (): Run => run;

/** Each run starts with a fresh context: a server that a debugger holds serves many. */
export function startRun(settings: Properties): void {
  run = runWith(settings);
}

function runWith(settings: Properties): Run {
  const cancelled = new AbortController();
  const get = (name: string) => {
    const value = settings[name.replace("chroma-sync:", "")];
    return typeof value === "string" ? value : undefined;
  };
  return {
    context: createContext(get, hostOf(show, cancelled.signal)),
    cancel: () => cancelled.abort(),
  };
}
