import { printable } from "../api/errors.js";
import type { Properties } from "./resource.js";

/**
 * What was created exists, but did not end as asked. The engine keeps an error with an `id` in state
 * together with its `properties`; no other error class may have a field of that name.
 */
export class InitFailureError extends Error {
  override name = "InitFailureError";
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: string[];
  constructor(id: string, state: Properties, problems: string[]) {
    const reasons = problems.map((problem) => printable(problem, 2000));
    super(reasons.join("\n"));
    this.id = id;
    this.properties = state;
    this.reasons = reasons;
  }
}
