import { canonical } from "../canonical.js";
import type { Properties } from "../resource.js";
import { changedTriggers } from "../triggers.js";
import { FIELD_NAMES, FIELDS, type Field } from "./inputs.js";

/** The fields that differ in meaning between two sets of properties. */
export function changedFields(olds: Properties, news: Properties): Field[] {
  return FIELD_NAMES.filter((field) => canonical(field, olds[field]) !== canonical(field, news[field]));
}

/** Of the given fields, those whose change makes a new invocation; of triggers that depends on what has changed. */
export function replacingFields(fields: Field[], olds: Properties, news: Properties): Field[] {
  return fields.filter((field) =>
    field === "triggers" ? changedTriggers(olds.triggers, news.triggers).length > 0 : FIELDS[field].replaces,
  );
}
