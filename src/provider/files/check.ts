import { ContentError } from "../../content/content-error.js";
import { UNKNOWN } from "../../model/unknown.js";
import { shortened } from "../batch/check.js";
import { changedFields } from "../changed-fields.js";
import type { Context } from "../context.js";
import type { Failure, Properties } from "../resource.js";
import { inputFailures } from "../validation/input-failures.js";
import { databaseFailures } from "../validation/live-database.js";
import { entriesIn, refusedIn } from "./folder.js";
import { FILES_FIELD_NAMES, FILES_FIELDS } from "./inputs.js";

/** Checks the inputs of a folder and the size of each file. Nothing is asked if nothing has changed. */
export async function check(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
): Promise<Failure[]> {
  const created = olds.databaseName !== undefined;
  if (created) context.inputsBefore.set(urn, olds);
  context.use(news.collectionName);
  const { entries, ...written } = news;
  const names = created ? changedFields(FILES_FIELD_NAMES, olds, news) : FILES_FIELD_NAMES;
  const failures = inputFailures("ChromaSyncFiles", FILES_FIELDS, names, written);
  if (failures.length > 0) return failures;
  const folder = entries === UNKNOWN ? [] : folderFailures(news);
  if (folder.length > 0) return shortened(folder, "folder");
  const sends = names.length > 0 || changedFields(["entries"], olds, news).length > 0;
  return sends ? databaseFailures(context, news.databaseName) : [];
}

function folderFailures(news: Properties): Failure[] {
  const failure = (reason: string) => ({ property: "folder", reason });
  try {
    if (news.entries === undefined) entriesIn(news);
    return refusedIn(news).map(failure);
  } catch (error) {
    if (error instanceof ContentError) return [failure(error.message)];
    throw error;
  }
}
