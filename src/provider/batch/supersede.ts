import type { BatchRecord } from "../../model/batch-encoding.js";
import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import { someOf } from "../some-of.js";
import { cancelAll } from "./cancel.js";
import type { BatchInputs } from "./inputs.js";
import type { Plan } from "./plan.js";
import { type BatchState, supersededOf } from "./state.js";

/**
 * Cancels what others have taken the place of: invocations of objects that changed or are gone, what an
 * earlier run started and no state holds, and what an earlier run could not cancel. Returns the ids that
 * are left for the next run.
 */
export async function cancelSuperseded(
  context: Context,
  urn: string,
  inputs: BatchInputs,
  olds: Partial<BatchState>,
  plan: Plan,
  records: ReadonlyMap<string, BatchRecord>,
  before: ReadonlyMap<string, BatchRecord>,
  orphans: readonly string[],
): Promise<string[]> {
  const keeps = inputs.cancelOnDelete === false;
  if (orphans.length > 0)
    context.warn(
      `An earlier run that was interrupted started ${orphans.length.toLocaleString("en-US")} invocations for objects that have changed since (${someOf(orphans)}). ` +
        (keeps ? "They keep running." : "They are cancelled if they are still pending."),
    );
  const replaced = plan.changed.flatMap(({ objectKey }) => {
    const record = before.get(objectKey);
    return record && records.get(objectKey)?.invocationId !== record.invocationId ? [record] : [];
  });
  const idsOf = (list: readonly BatchRecord[]) =>
    list.filter(({ status }) => !isTerminal(status)).map(({ invocationId }) => invocationId);
  const left = await cancelAll(context, urn, [
    ...(inputs.onRemoved === "cancel" ? idsOf(plan.removed) : []),
    ...(keeps ? [] : [...idsOf(replaced), ...orphans, ...supersededOf(olds)]),
  ]);
  if (!left) return [];
  context.warn(
    `${left.ids.length.toLocaleString("en-US")} invocations of a batch were not cancelled and may still run (${someOf(left.ids)}): ${left.reason} The next \`pulumi up\` tries again.`,
  );
  return left.ids;
}
