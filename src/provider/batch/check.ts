import { type BatchEntry, LONGEST_TEXT_BYTES, recordsBytes } from "../../model/batch-encoding.js";
import { UNKNOWN } from "../../model/unknown.js";
import { canonical } from "../canonical.js";
import { changedFields } from "../changed-fields.js";
import type { Context } from "../context.js";
import type { Failure, Properties } from "../resource.js";
import { fieldFailures } from "../validation/field-failures.js";
import { liveFailures } from "../validation/live-source.js";
import { plainFailures } from "../validation/plain-values.js";
import { unknownNames } from "../validation/unknown-names.js";
import { duplicates, ENTRY, entryFailures, shapeFailures, sourceFailures } from "./check-entries.js";
import { BATCH_FIELD_NAMES, BATCH_FIELDS, inputsOf } from "./inputs.js";
import { entriesOf } from "./items.js";

const SHOWN_FAILURES = 20;
const NAMES = [...BATCH_FIELD_NAMES, "objects"];

/** Checks the inputs of a batch: what is shared first, then each entry that is new or changed. */
export async function check(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
): Promise<Failure[]> {
  if (olds.sourceId !== undefined) context.inputsBefore.set(urn, olds);
  context.use(news.targetCollectionName);
  const { entries: _text, ...written } = news;
  const shared = [
    ...unknownNames("ChromaSyncInvocationBatch", NAMES, written),
    ...sharedFailures(olds, news),
  ];
  if (shared.length > 0) return shared;
  const { known } = entriesOf(inputsOf(news));
  const shapeless = shapeFailures(known);
  if (shapeless.length > 0) return shortened(shapeless);
  const judged = changedEntries(olds, news, known);
  const entryFailed = [...duplicates(known), ...judged.flatMap(entryFailures)];
  if (entryFailed.length > 0) return shortened(entryFailed);
  const size = recordsBytes(known);
  if (size > LONGEST_TEXT_BYTES) return [{ property: "objects", reason: tooLarge(known.length, size) }];
  warnOfMeeting(context, urn, news, known, judged);
  if (judged.length === 0) return [];
  return shortened(await liveFailures(context, news.sourceId, (source) => sourceFailures(source, judged)));
}

/** Another resource of the run may sync the same objects. */
function warnOfMeeting(
  context: Context,
  urn: string,
  news: Properties,
  known: BatchEntry[],
  judged: BatchEntry[],
) {
  const sent = new Set(judged);
  const objects = known.map((entry) => ({ objectKey: entry.objectKey, isSent: sent.has(entry) }));
  const meeting = context.declared.objectProblem(urn, news, objects);
  if (meeting) context.warn(meeting);
}

/** Nothing is started that state could not hold. */
function tooLarge(many: number, size: number): string {
  const parts = Math.ceil(size / LONGEST_TEXT_BYTES);
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MiB`;
  return (
    `are too many for one resource: the state of ${many.toLocaleString("en-US")} objects takes ${megabytes(size)}, and the engine takes ${megabytes(LONGEST_TEXT_BYTES)}. ` +
    `Split them into ${parts} or more ChromaSyncInvocationBatch resources, for instance by the first part of their keys`
  );
}

/** A field that has not changed cannot fail what was synced with it. */
function sharedFailures(olds: Properties, news: Properties): Failure[] {
  const { objects } = news;
  const unlisted = objects !== undefined && objects !== UNKNOWN && !Array.isArray(objects);
  const listFailures = unlisted ? [{ property: "objects", reason: `must be a list of ${ENTRY}` }] : [];
  const created = olds.sourceId !== undefined;
  const names = created ? changedFields(BATCH_FIELD_NAMES, olds, news) : BATCH_FIELD_NAMES;
  return [...listFailures, ...plainFailures(names, news), ...fieldFailures(BATCH_FIELDS, names, news)];
}

/** Where nothing that would be sent has changed, no rule can fail a sync that is done. */
function changedEntries(olds: Properties, news: Properties, known: BatchEntry[]): BatchEntry[] {
  const shared = (properties: Properties) =>
    (["sourceId", "targetCollectionName", "metadata", "triggers"] as const).map((field) =>
      canonical(field, properties[field]),
    );
  if (olds.sourceId === undefined || shared(olds).join("\n") !== shared(news).join("\n")) return known;
  const before = new Set(entriesOf(inputsOf(olds)).known.map((entry) => JSON.stringify(entry)));
  return known.filter((entry) => !before.has(JSON.stringify(entry)));
}

/** The first of many failures, and how many more there are. */
export function shortened(failures: Failure[], property = "objects"): Failure[] {
  if (failures.length <= SHOWN_FAILURES) return failures;
  const rest = failures.length - SHOWN_FAILURES;
  return [
    ...failures.slice(0, SHOWN_FAILURES),
    { property, reason: `${property === "objects" ? "have" : "has"} ${rest} more problems` },
  ];
}
