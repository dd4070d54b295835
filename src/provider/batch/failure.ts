import { printable } from "../../api/errors.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import type { Context } from "../context.js";
import type { Properties } from "../resource.js";
import { waitSettings, waits } from "../waiting/settings.js";
import { OBJECTS } from "./kind.js";
import { type BatchState, recordsOf } from "./state.js";

/**
 * Warns of syncs that have failed and stay so, which is said of those that `isKept` holds for. `inputs` say what
 * the next update does.
 */
export function warnOfFailed(
  context: Context,
  state: Partial<BatchState>,
  inputs: Properties,
  kind = OBJECTS,
  isKept: (record: BatchRecord) => boolean = () => true,
): void {
  if (!state.counts?.failed || inputs.retryFailed === true) return;
  const failed = [...recordsOf(state).values()].filter(
    (record) => record.status === "failed" && isKept(record),
  );
  const [first] = failed;
  if (!first) return;
  const reason = state.failures?.[first.objectKey];
  const number = (value: number) => value.toLocaleString("en-US");
  const named = printable(first.objectKey, 100) + (reason ? `: ${reason}` : "");
  const fails = waits(inputs) && waitSettings(inputs).onFailure !== "warn";
  const next = fails ? "`pulumi up` fails again" : "They are not synced again";
  context.warn(
    `${number(failed.length)} of ${number(state.counts.total)} syncs failed (${named}${failed.length > 1 ? ", …" : ""}). ` +
      `${next} unless ${kind.changes} changes or retryFailed: true is set.`,
  );
}
