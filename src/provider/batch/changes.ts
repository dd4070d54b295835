import { printable } from "../../api/errors.js";
import type { BatchEntry, BatchRecord } from "../../model/batch-encoding.js";
import { canonical } from "../canonical.js";
import { changedTriggers } from "../triggers.js";
import type { BatchInputs } from "./inputs.js";
import { entriesOf, type Item } from "./items.js";
import { type BatchKind, OBJECTS } from "./kind.js";

const LONGEST_VERSION = 40;

/** Says what is different of an object that is synced again; undefined if that is not known. */
export type Change = (item: Item) => string | undefined;

/**
 * Compares with the inputs that state has, in the words of the program. Only a version is shown with its
 * values: metadata may be secret.
 */
export function changesSince(
  before: BatchInputs | undefined,
  now: BatchInputs,
  records: ReadonlyMap<string, BatchRecord>,
  kind = OBJECTS,
): Change {
  const entries = new Map((before ? entriesOf(before).known : []).map((entry) => [entry.objectKey, entry]));
  const isOther = before && canonical("metadata", before.metadata) !== canonical("metadata", now.metadata);
  const shared = [
    ...(isOther ? [`metadata of the ${kind.whole}`] : []),
    ...(now.runOn === "up" ? ['runOn is "up"'] : []),
    ...(before ? changedTriggers(before.triggers, now.triggers) : []),
  ];
  return ({ objectKey, entry }) => {
    const old = entries.get(objectKey);
    const own = old ? changed(old, entry, kind) : [];
    const status = records.get(objectKey)?.status;
    const ended = status === "failed" || status === "cancelled" ? [`${status} before`] : [];
    return [...own, ...shared, ...ended].join(", ") || undefined;
  };
}

function changed(old: BatchEntry, now: BatchEntry, kind: BatchKind): string[] {
  const version = (one: BatchEntry) => (one.version ? printable(one.version, LONGEST_VERSION) : "none");
  return [
    ...((old.version ?? "") === (now.version ?? "")
      ? []
      : [kind.changes === "version" ? `version ${version(old)} → ${version(now)}` : kind.changes]),
    ...((old.customId ?? "") === (now.customId ?? "") ? [] : ["customId"]),
    ...(canonical("metadata", old.metadata) === canonical("metadata", now.metadata) ? [] : ["metadata"]),
  ];
}
