import type { Context } from "../context.js";
import { apply } from "./apply.js";
import type { BatchInputs } from "./inputs.js";
import type { BatchState } from "./state.js";

/** Starts an invocation for every object. */
export function create(context: Context, urn: string, inputs: BatchInputs): Promise<BatchState> {
  return apply(context, urn, inputs, {});
}
