import type { Context } from "../context.js";
import type { Properties } from "../resource.js";
import { waitSettings, waits } from "../waiting/settings.js";

/** Warns of a sync that has failed: it stays as it is until something is changed. `inputs` say what the next update does. */
export function warnOfFailure(
  context: Context,
  { invocationId, status, error }: Properties,
  inputs: Properties,
): void {
  if (status !== "failed" && status !== "cancelled") return;
  if (inputs.retryFailed === true) return;
  if (waits(inputs) && waitSettings(inputs).onFailure !== "warn")
    context.warn(
      `Invocation ${invocationId} ${status === "failed" ? `failed: ${error}` : "was cancelled"}. ` +
        "`pulumi up` fails again unless triggers change or retryFailed: true is set.",
    );
  else if (status === "failed")
    context.warn(
      `Invocation ${invocationId} has failed: ${error}. Change triggers, or set retryFailed: true, to sync again.`,
    );
}
