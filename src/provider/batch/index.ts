import type { Resource } from "../resource.js";
import { noteReturned } from "../run/returned.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { type BatchInputs, inputsOf } from "./inputs.js";
import { planned } from "./planned.js";
import { read } from "./read.js";
import type { BatchState } from "./state.js";
import { update } from "./update.js";

/** Syncs of many S3 objects as one resource. */
export const batch: Resource = {
  id: "batchId",
  inputs: inputsOf,
  check,
  diff,
  create: (context, urn, inputs: BatchInputs) => noteReturned(context, "run", create(context, urn, inputs)),
  read,
  update: (context, urn, id, olds: BatchState, inputs: BatchInputs) =>
    noteReturned(context, "run", update(context, urn, id, olds, inputs)),
  delete: remove,
  planned,
};
