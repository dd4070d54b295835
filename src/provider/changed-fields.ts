import { canonical } from "./canonical.js";
import type { Properties } from "./resource.js";
import { changedTriggers } from "./triggers.js";

/** Of these fields, those that differ in meaning between two sets of properties. */
export function changedFields<Field extends string>(
  fields: readonly Field[],
  olds: Properties,
  news: Properties,
): Field[] {
  return fields.filter((field) => canonical(field, olds[field]) !== canonical(field, news[field]));
}

/** Of changed fields, those whose change makes another resource; of triggers that depends on what has changed. */
export function replacingFields<Field extends string>(
  fields: Record<Field, { replaces: boolean }>,
  changed: readonly Field[],
  olds: Properties,
  news: Properties,
): Field[] {
  return changed.filter((field) =>
    field === "triggers" ? changedTriggers(olds.triggers, news.triggers).length > 0 : fields[field].replaces,
  );
}
