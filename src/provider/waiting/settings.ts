import { isTerminal } from "../../model/invocation-status.js";
import type { Host } from "../host.js";
import type { Properties } from "../resource.js";

const DEFAULT_TIMEOUT_SECONDS = 30 * 60;

/** How to wait, as the inputs say it. */
export interface WaitSettings {
  timeoutSeconds?: number;
  pollIntervalSeconds?: number;
  onTimeout?: "fail" | "warn";
  /** What ends the wait: the end of the sync, or its start. */
  waitFor?: "complete" | "started";
  onFailure?: "fail" | "warn";
}

/** Whether these inputs ask to wait for completion. */
export function waits(inputs: Properties): boolean {
  return ![undefined, null, false].includes(inputs.waitForCompletion as undefined);
}

/** The settings of a wait; those that are not given are absent. */
export function waitSettings({ waitForCompletion }: Properties): WaitSettings {
  return typeof waitForCompletion === "object" && waitForCompletion !== null ? waitForCompletion : {};
}

/** Whether a sync with this status ends the wait. */
export function endsWait({ waitFor }: WaitSettings, status: string): boolean {
  return isTerminal(status) || (waitFor === "started" && status !== "pending");
}

/**
 * Whether there is something to wait for, or to fail for, so that a refresh cannot turn a sync green that
 * timed out or failed. `has` tells whether any sync has a status.
 */
export function isUnfinished(inputs: Properties, has: (status: string) => boolean): boolean {
  if (!waits(inputs)) return false;
  const settings = waitSettings(inputs);
  const isOpen = ["pending", "processing"].some((status) => has(status) && !endsWait(settings, status));
  return isOpen || (settings.onFailure !== "warn" && (has("failed") || has("cancelled")));
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
