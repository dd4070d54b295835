import { ContentError } from "../../content/content-error.js";
import { UNKNOWN } from "../../model/unknown.js";
import { replacingFields } from "../changed-fields.js";
import type { Context } from "../context.js";
import type { Failure, Properties } from "../resource.js";
import { inputFailures } from "../validation/input-failures.js";
import { databaseFailures } from "../validation/live-database.js";
import { changedFields, isOtherContent } from "./changed-fields.js";
import { FIELD_NAMES, FIELDS } from "./inputs.js";
import { lookAt } from "./local-file.js";

/** Checks the inputs of a file before anything is sent, its size among them. Nothing is asked if nothing is uploaded. */
export async function check(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
): Promise<Failure[]> {
  const created = olds.databaseName !== undefined;
  if (created) context.inputsBefore.set(urn, olds);
  context.use(news.collectionName);
  const { contentHash, ...given } = news;
  const changed = created ? changedFields(olds, news) : FIELD_NAMES;
  const failures = [
    ...inputFailures("ChromaSyncFile", FIELDS, changed, given),
    ...(contentHash === UNKNOWN ? [] : fileFailures(news)),
  ];
  const sends =
    !created || isOtherContent(olds, news) || replacingFields(FIELDS, changed, olds, news).length > 0;
  return failures.length > 0 || !sends ? failures : databaseFailures(context, news.databaseName);
}

function fileFailures({ file, filename }: Properties): Failure[] {
  try {
    const { name } = lookAt(file);
    if (name || filename) return [];
    return [{ property: "filename", reason: "is required for a text: name the document, such as guide.md" }];
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const reason = file === undefined ? `is required: it ${error.message}` : error.message;
    return [{ property: "file", reason }];
  }
}
