import { canonical } from "../canonical.js";
import type { Properties } from "../resource.js";
import { changedTriggers } from "../triggers.js";
import { FIELD_NAMES, FIELDS, type Field } from "./inputs.js";

/** The fields that differ in meaning between two sets of properties. Where the file is does not count. */
export function changedFields(olds: Properties, news: Properties): Field[] {
  return FIELD_NAMES.filter(
    (field) => field !== "file" && canonical(field, olds[field]) !== canonical(field, news[field]),
  );
}

/** Whether the file holds something else than what was uploaded; not if nothing is known of that, after an import. */
export function isOtherContent(olds: Properties, news: Properties): boolean {
  return olds.contentHash !== undefined && olds.contentHash !== news.contentHash;
}

/** Of the given fields, those whose change makes another upload; of triggers that depends on what has changed. */
export function replacingFields(fields: Field[], olds: Properties, news: Properties): Field[] {
  return fields.filter((field) =>
    field === "triggers" ? changedTriggers(olds.triggers, news.triggers).length > 0 : FIELDS[field].replaces,
  );
}
