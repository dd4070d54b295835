import { UNKNOWN } from "../../model/unknown.js";
import { type Properties, present } from "../resource.js";
import { isUnfinished } from "../waiting/settings.js";
import { planFor } from "./diff.js";
import type { BatchInputs } from "./inputs.js";
import { OBJECTS, settingsOf } from "./kind.js";
import type { BatchCounts, BatchState } from "./state.js";

/** The state that a create or an update will leave, as far as it is known. */
export function planned(inputs: BatchInputs, olds?: BatchState, kind = OBJECTS): Properties {
  const { records, counts, failures } = olds ?? {};
  const isKept = olds && !isPending(inputs, olds);
  const kept = isKept
    ? { records, counts, failures }
    : { records: UNKNOWN, counts: UNKNOWN, failures: UNKNOWN };
  return {
    ...present(settingsOf(kind), inputs),
    batchId: olds?.batchId ?? UNKNOWN,
    run: UNKNOWN,
    ...kept,
    collectionName: inputs.targetCollectionName ?? olds?.collectionName ?? UNKNOWN,
  };
}

/** Whether an update will read or write any record. */
function isPending(inputs: BatchInputs, olds: BatchState): boolean {
  const { moves } = planFor("", olds, inputs);
  return moves > 0 || isUnfinished(inputs, (status) => olds.counts[status as keyof BatchCounts] > 0);
}
