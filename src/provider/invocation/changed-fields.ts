import { canonical } from "../canonical.js";
import type { Properties } from "../resource.js";
import { FIELD_NAMES, FIELDS, type Field } from "./inputs.js";

/** The fields that differ in meaning between two sets of properties. */
export function changedFields(olds: Properties, news: Properties): Field[] {
  return FIELD_NAMES.filter((field) => canonical(field, olds[field]) !== canonical(field, news[field]));
}

/** Of the given fields, those whose change makes a new invocation. */
export function replacingFields(fields: Field[]): Field[] {
  return fields.filter((field) => FIELDS[field].replaces);
}
