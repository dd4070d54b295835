import { changedFields, replacingFields } from "../changed-fields.js";
import type { Context } from "../context.js";
import { differenceOf } from "../difference.js";
import { dueAgain } from "../freshness.js";
import type { Difference, Properties } from "../resource.js";
import { changedTriggers } from "../triggers.js";
import { isUnfinished } from "../waiting/settings.js";
import { warnOfFailure } from "./failure.js";
import { FIELD_NAMES, FIELDS } from "./inputs.js";
import { settingsThatReplace } from "./settings-that-replace.js";

/**
 * A change of the payload, the source or the triggers replaces; a setting of ours updates in place. While
 * waiting is on and the recorded status is not `complete` there is always something to do, so that a
 * refresh cannot turn a timed-out or failed sync green.
 */
export async function diff(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
): Promise<Difference> {
  context.seenInState(olds.invocationId as string, olds, urn);
  const changed = changedFields(FIELD_NAMES, olds, news);
  const replaces: string[] = [
    ...replacingFields(FIELDS, changed, olds, news),
    ...settingsThatReplace(olds, news),
  ];
  const due = await dueAgain(context, olds, news);
  if (due) {
    replaces.push(due.property);
    // A refresh compares without a check before it, and starts nothing.
    if (context.inputsBefore.has(urn)) context.info(urn, due.reason);
  }
  const unfinished = isUnfinished(news, (status) => olds.status === status);
  const named = changedTriggers(olds.triggers, news.triggers).filter((path) => path !== "triggers");
  if (named.length > 0) context.info(urn, `${named.join(", ")} changed: this starts a new sync`);
  warnOfConflict(context, urn, olds, news, replaces);
  if (replaces.length === 0) warnOfFailure(context, olds, news);
  return differenceOf(changed, replaces, unfinished);
}

/** A GitHub or web sync into a collection that one has finished fails with 409. */
function warnOfConflict(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
  replaces: string[],
): void {
  const sameCollection = replaces.length > 0 && !replaces.includes("targetCollectionName");
  if (!sameCollection || !news.targetCollectionName || news.objectKey) return;
  if (olds.status === "failed" || olds.status === "cancelled") return;
  const doing = olds.status === "complete" ? "has finished" : "may still be running";
  const isDue = replaces.includes("runOn") || replaces.includes("maxAgeHours");
  const what = isDue
    ? "asks for a new sync, but targetCollectionName is the same"
    : "changed, but not targetCollectionName";
  context.conflicts.add(urn);
  context.warn(
    `${replaces.join(" and ")} ${what}: invocation ${olds.invocationId} ${doing} its sync into ` +
      "that collection, and the service refuses another one with 409 once it has. Derive the collection's name from what changes.",
  );
}
