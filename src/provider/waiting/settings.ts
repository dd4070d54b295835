import type { Host } from "../host.js";
import type { Properties } from "../resource.js";

const DEFAULT_TIMEOUT_SECONDS = 30 * 60;

/** Whether these inputs ask to wait for completion. */
export function waits(inputs: Properties): boolean {
  return ![undefined, null, false].includes(inputs.waitForCompletion as undefined);
}

/** How long to wait at most: what the inputs say or what the engine gives, whichever ends first. */
export function waitSeconds(
  settings: { timeoutSeconds?: number },
  { waitLimitSeconds }: Pick<Host, "waitLimitSeconds">,
): number {
  const { timeoutSeconds } = settings;
  if (timeoutSeconds === undefined) return waitLimitSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  return Math.min(timeoutSeconds, waitLimitSeconds ?? timeoutSeconds);
}
