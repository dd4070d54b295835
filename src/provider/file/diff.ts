import type { Context } from "../context.js";
import { warnOfFailure } from "../invocation/failure.js";
import type { Difference, Properties } from "../resource.js";
import { changedTriggers } from "../triggers.js";
import { isUnfinished } from "../waiting/settings.js";
import { changedFields, isOtherContent, replacingFields } from "./changed-fields.js";

/** Another content, or another field of the upload, replaces: an upload never changes. Where the file is does not count. */
export function diff(context: Context, urn: string, olds: Properties, news: Properties): Difference {
  context.seenInState(olds.invocationId as string, olds, urn);
  const changed: string[] = changedFields(olds, news);
  const replaces: string[] = replacingFields(changedFields(olds, news), olds, news);
  if (isOtherContent(olds, news)) replaces.push("contentHash");
  else if (olds.contentHash !== news.contentHash) changed.push("contentHash");
  if (adoptsAnother(olds, news)) replaces.push("adoptInvocationId");
  if (news.retryFailed === true && (olds.status === "failed" || olds.status === "cancelled"))
    replaces.push("retryFailed");
  const unfinished = isUnfinished(news, (status) => olds.status === status);
  const named = changedTriggers(olds.triggers, news.triggers).filter((path) => path !== "triggers");
  if (named.length > 0) context.info(urn, `${named.join(", ")} changed: this uploads the file again`);
  if (replaces.length === 0) warnOfFailure(context, olds, news);
  const all = [...new Set([...changed, ...replaces])];
  return {
    changes: all.length > 0 || unfinished,
    replaces,
    changed: all.length === 0 && unfinished ? ["status"] : all,
  };
}

function adoptsAnother(olds: Properties, { adoptInvocationId: id }: Properties): boolean {
  return typeof id === "string" && id.toLowerCase() !== olds.invocationId;
}
