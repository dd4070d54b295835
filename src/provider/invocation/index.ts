import type { Resource } from "../resource.js";
import { noteReturned } from "../run/returned.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { type InvocationInputs, inputsOf } from "./inputs.js";
import { read } from "./read.js";
import { type InvocationState, planned } from "./state.js";
import { update } from "./update.js";

/** One sync of a source: an invocation of the service. */
export const invocation: Resource = {
  id: "invocationId",
  inputs: inputsOf,
  check,
  diff,
  create: (context, urn, inputs: InvocationInputs) =>
    noteReturned(context, "invocationId", create(context, urn, inputs)),
  read,
  update: (context, urn, id, olds: InvocationState, inputs: InvocationInputs) =>
    noteReturned(context, "invocationId", update(context, urn, id, olds, inputs)),
  delete: remove,
  planned,
};
