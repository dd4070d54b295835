import { replacingFields } from "../changed-fields.js";
import type { Context } from "../context.js";
import { differenceOf } from "../difference.js";
import { warnOfFailure } from "../invocation/failure.js";
import { settingsThatReplace } from "../invocation/settings-that-replace.js";
import type { Difference, Properties } from "../resource.js";
import { changedTriggers } from "../triggers.js";
import { isUnfinished } from "../waiting/settings.js";
import { changedFields, isOtherContent } from "./changed-fields.js";
import { FIELDS } from "./inputs.js";

/** Another content, or another field of the upload, replaces: an upload never changes. Where the file is does not count. */
export function diff(context: Context, urn: string, olds: Properties, news: Properties): Difference {
  context.seenInState(olds.invocationId as string, olds, urn);
  const fields = changedFields(olds, news);
  const changed: string[] = [...fields];
  const replaces: string[] = replacingFields(FIELDS, fields, olds, news);
  if (isOtherContent(olds, news)) replaces.push("contentHash");
  else if (olds.contentHash !== news.contentHash) changed.push("contentHash");
  replaces.push(...settingsThatReplace(olds, news));
  const unfinished = isUnfinished(news, (status) => olds.status === status);
  const named = changedTriggers(olds.triggers, news.triggers).filter((path) => path !== "triggers");
  if (named.length > 0) context.info(urn, `${named.join(", ")} changed: this uploads the file again`);
  if (replaces.length === 0) warnOfFailure(context, olds, news);
  return differenceOf(changed, replaces, unfinished);
}
