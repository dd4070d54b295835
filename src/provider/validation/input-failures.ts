import type { Failure, Properties } from "../resource.js";
import { type Fields, fieldFailures } from "./field-failures.js";
import { plainFailures } from "./plain-values.js";
import { unknownNames } from "./unknown-names.js";

/** The problems that inputs have by themselves: names that are none, and values of the fields that changed. */
export function inputFailures<All extends Fields>(
  resource: string,
  fields: All,
  changed: readonly (keyof All & string)[],
  news: Properties,
): Failure[] {
  return [
    ...unknownNames(resource, Object.keys(fields), news),
    ...plainFailures(changed, news),
    ...fieldFailures(fields, changed, news),
  ];
}
