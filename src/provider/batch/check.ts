import { z } from "zod";
import { type BatchEntry, LONGEST_TEXT_BYTES, recordsBytes } from "../../model/batch-encoding.js";
import { UNKNOWN } from "../../model/unknown.js";
import { canonical } from "../canonical.js";
import type { Context } from "../context.js";
import type { Failure, Properties } from "../resource.js";
import { fieldFailures } from "../validation/field-failures.js";
import { maybe } from "../validation/later.js";
import { liveFailures } from "../validation/live-source.js";
import { customId, metadata, objectKey } from "../validation/rules.js";
import { nearest, unknownNames } from "../validation/unknown-names.js";
import { BATCH_FIELD_NAMES, BATCH_FIELDS, inputsOf } from "./inputs.js";
import { entriesOf } from "./items.js";

const SHOWN_FAILURES = 20;
const NAMES = [...BATCH_FIELD_NAMES, "objects"];
const ENTRY_FIELDS = {
  objectKey: { rule: objectKey },
  customId: { rule: customId },
  metadata: { rule: metadata },
  version: { rule: maybe(z.string()) },
};
const ENTRY_NAMES = ["objectKey", "customId", "metadata", "version"] as const;
const ENTRY = "{ objectKey, customId, metadata, version }, all but the first optional";

/** Checks the inputs of a batch: what is shared first, then each entry that is new or changed. */
export async function check(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
): Promise<Failure[]> {
  if (olds.sourceId !== undefined) context.declared.set(urn, olds);
  context.use(news.targetCollectionName);
  const { entries: _text, ...written } = news;
  const failures = [...unknownNames("ChromaSyncInvocationBatch", NAMES, written), ...sharedFailures(news)];
  if (failures.length > 0) return failures;
  const { known } = entriesOf(inputsOf(news));
  const shapeless = known.filter(
    (entry) => typeof entry !== "object" || entry === null || Array.isArray(entry),
  );
  if (shapeless.length > 0)
    return [
      {
        property: "objects",
        reason: `must be a list of ${ENTRY}: ${shapeless.length} entries are not objects`,
      },
    ];
  const judged = changedEntries(olds, news, known);
  const entryFailures = [...duplicates(known), ...judged.flatMap(entryFailure)];
  if (entryFailures.length > 0) return shortened(entryFailures);
  const size = recordsBytes(known);
  if (size > LONGEST_TEXT_BYTES) return [{ property: "objects", reason: tooLarge(known.length, size) }];
  const probe = judged[0] && { ...news, ...judged[0] };
  if (!probe) return [];
  const live = await liveFailures(context, probe);
  if (live.length > 0) return live;
  return shortened(await prefixFailures(context, news, judged));
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

function sharedFailures(news: Properties): Failure[] {
  const { objects } = news;
  const unlisted = objects !== undefined && objects !== UNKNOWN && !Array.isArray(objects);
  const listFailures = unlisted ? [{ property: "objects", reason: `must be a list of ${ENTRY}` }] : [];
  return [...listFailures, ...fieldFailures(BATCH_FIELDS, BATCH_FIELD_NAMES, news)];
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

function entryFailure(entry: BatchEntry): Failure[] {
  const reasons = fieldFailures(ENTRY_FIELDS, ENTRY_NAMES, { ...entry }).map(
    ({ property, reason }) => `${property} ${reason}`,
  );
  for (const name of Object.keys(entry))
    if (!(name in ENTRY_FIELDS))
      reasons.push(`has the unknown property ${name}: did you mean ${nearest(name, ENTRY_NAMES)}?`);
  return reasons.map((reason) => ({ property: "objects", reason: `${named(entry.objectKey)}: ${reason}` }));
}

/** One key has one record; and chunk ids begin with the custom id, so two objects cannot share it. */
function duplicates(known: BatchEntry[]): Failure[] {
  const failures: Failure[] = [];
  const keys = new Set<string>();
  const owners = new Map<string, string>();
  for (const { objectKey, customId } of known) {
    if (keys.has(objectKey))
      failures.push({ property: "objects", reason: `${named(objectKey)} is in the list twice: remove one` });
    else if (customId && owners.has(customId))
      failures.push({
        property: "objects",
        reason: `${named(objectKey)} and ${named(owners.get(customId))} have the same customId, so their chunk ids would collide: change one`,
      });
    keys.add(objectKey);
    if (customId) owners.set(customId, objectKey);
  }
  return failures;
}

async function prefixFailures(context: Context, news: Properties, judged: BatchEntry[]): Promise<Failure[]> {
  if (news.sourceId === UNKNOWN || !context.hasKey()) return [];
  const source = await context.source(news.sourceId as string).catch(() => undefined);
  if (!source) return [];
  const prefix = source.s3?.path_prefix ?? "";
  return judged
    .filter(({ objectKey }) => !objectKey.startsWith(prefix))
    .map(({ objectKey }) => ({
      property: "objects",
      reason: `${named(objectKey)} must start with the source's path prefix ${JSON.stringify(prefix)}, which is not added for you`,
    }));
}

function named(objectKey: unknown): string {
  return typeof objectKey === "string" ? JSON.stringify(objectKey) : "an entry";
}

function shortened(failures: Failure[]): Failure[] {
  if (failures.length <= SHOWN_FAILURES) return failures;
  const rest = failures.length - SHOWN_FAILURES;
  return [
    ...failures.slice(0, SHOWN_FAILURES),
    { property: "objects", reason: `have ${rest} more problems` },
  ];
}
