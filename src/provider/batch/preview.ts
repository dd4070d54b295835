import type { Context } from "../context.js";
import { changesSince } from "./changes.js";
import { planFor } from "./diff.js";
import { type BatchInputs, inputsOf } from "./inputs.js";
import { OBJECTS } from "./kind.js";
import { planText } from "./plan.js";
import { type BatchState, recordsOf } from "./state.js";
import { warnOfSynced } from "./synced-before.js";

/** Says which objects a run will sync, and what of it has been synced already by something else. */
export async function preview(
  context: Context,
  urn: string,
  inputs: BatchInputs,
  olds?: BatchState,
  before = inputsBefore(context, urn),
  kind = OBJECTS,
): Promise<void> {
  const { plan, unknown, moves } = planFor(urn, olds ?? {}, inputs);
  if (moves > 0) {
    const records = recordsOf(olds ?? {});
    const change = changesSince(olds && before, inputs, records, kind);
    context.info(urn, planText(plan, unknown, change));
  }
  // What is uploaded is not what others have synced.
  if (inputs.databaseName === undefined) await warnOfSynced(context, urn, inputs, plan.added);
}

function inputsBefore(context: Context, urn: string): BatchInputs | undefined {
  const before = context.inputsBefore.get(urn);
  return before && inputsOf(before);
}
