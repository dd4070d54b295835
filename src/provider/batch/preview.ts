import type { Context } from "../context.js";
import { changesSince } from "./changes.js";
import { planFor } from "./diff.js";
import { type BatchInputs, inputsOf } from "./inputs.js";
import { planText } from "./plan.js";
import { type BatchState, recordsOf } from "./state.js";
import { warnOfSynced } from "./synced-before.js";

/** Says which objects a run will sync, and what of it has been synced already by something else. */
export async function preview(
  context: Context,
  urn: string,
  inputs: BatchInputs,
  olds?: BatchState,
): Promise<void> {
  const { plan, unknown, moves } = planFor(urn, olds ?? {}, inputs);
  if (moves > 0) {
    const before = olds && context.inputsBefore.get(urn);
    const records = recordsOf(olds ?? {});
    const change = changesSince(before && inputsOf(before), inputs, records);
    context.info(urn, planText(plan, unknown, change));
  }
  await warnOfSynced(context, urn, inputs, plan.added);
}
