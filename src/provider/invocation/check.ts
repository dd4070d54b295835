import { changedFields, replacingFields } from "../changed-fields.js";
import type { Context } from "../context.js";
import { freshnessFailures } from "../freshness.js";
import type { Failure, Properties } from "../resource.js";
import { inputFailures } from "../validation/input-failures.js";
import { liveFailures } from "../validation/live-source.js";
import { sourceFailures } from "../validation/source-kind.js";
import { FIELD_NAMES, FIELDS } from "./inputs.js";

/**
 * Checks inputs before anything is sent: first offline, then against the live source if its id and a
 * key are known. Where nothing that would be sent has changed, no rule about the payload can fail a sync
 * that is done.
 */
export async function check(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
): Promise<Failure[]> {
  const created = olds.sourceId !== undefined;
  if (created) context.inputsBefore.set(urn, olds);
  context.use(news.targetCollectionName);
  const changed = created ? changedFields(FIELD_NAMES, olds, news) : FIELD_NAMES;
  const failures = [
    ...inputFailures("ChromaSyncInvocation", FIELDS, changed, news),
    ...freshnessFailures(news),
  ];
  const sends = !created || replacingFields(FIELDS, changed, olds, news).length > 0;
  if (failures.length > 0) return failures;
  const meeting =
    news.objectKey === undefined || news.objectKey === null
      ? context.declared.refProblem(urn, news, sends)
      : context.declared.objectProblem(urn, news, [{ objectKey: news.objectKey, isSent: sends }]);
  if (meeting) context.warn(meeting);
  if (!sends) return failures;
  return liveFailures(context, news.sourceId, (source) => sourceFailures(source, news));
}
