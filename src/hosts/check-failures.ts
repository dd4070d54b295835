import { printable } from "../api/errors.js";
import type { Failure } from "../provider/resource.js";

/** The engine prints the value of the property a failure names, even a secret one, so failures name none. */
export function toCheckFailures(failures: Failure[]): Failure[] {
  return failures.map(({ property, reason }) => ({
    property: "",
    reason: printable(`${property} ${reason}`, 2000),
  }));
}
