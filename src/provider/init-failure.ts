import { printable } from "../api/errors.js";
import type { InvocationState } from "./inputs.js";

/**
 * The invocation exists, but did not end as asked. The engine keeps an error with an `id` in state
 * together with its `properties`; no other error class may have a field of that name.
 */
export class InitFailure extends Error {
  override name = "InitFailure";
  readonly id: string;
  readonly properties: InvocationState;
  readonly reasons: string[];
  constructor(state: InvocationState, problem: string) {
    const reason = printable(problem, 2000);
    super(reason);
    this.id = state.invocationId;
    this.properties = state;
    this.reasons = [reason];
  }
}
