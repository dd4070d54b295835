import * as fields from "../changed-fields.js";
import type { Properties } from "../resource.js";
import { FIELD_NAMES, type Field } from "./inputs.js";

const COMPARED = FIELD_NAMES.filter((field) => field !== "file");

/** The fields that differ in meaning between two sets of properties. Where the file is does not count. */
export function changedFields(olds: Properties, news: Properties): Field[] {
  return fields.changedFields(COMPARED, olds, news);
}

/** Whether the file holds something else than what was uploaded; not if nothing is known of that, after an import. */
export function isOtherContent(olds: Properties, news: Properties): boolean {
  return olds.contentHash !== undefined && olds.contentHash !== news.contentHash;
}
