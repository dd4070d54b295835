import { printable } from "../../api/errors.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import type { Change } from "./changes.js";
import type { BatchInputs } from "./inputs.js";
import type { Item } from "./items.js";

const SHOWN_KEYS = 20;

/** What a run of a batch will do. */
export interface Plan {
  /** Objects to sync that state does not hold. */
  added: Item[];
  /** Objects to sync again. */
  changed: Item[];
  /** Objects that are in the list no more. */
  removed: BatchRecord[];
  unchanged: number;
}

/** Compares the list with the records of state. */
export function planOf(
  items: Item[],
  records: ReadonlyMap<string, BatchRecord>,
  { retryFailed, runOn }: Pick<BatchInputs, "retryFailed" | "runOn">,
): Plan {
  const added: Item[] = [];
  const changed: Item[] = [];
  const keys = new Set<string>();
  for (const item of items) {
    keys.add(item.objectKey);
    const record = records.get(item.objectKey);
    const ended = record?.status === "failed" || record?.status === "cancelled";
    if (!record) added.push(item);
    else if (record.digest !== item.was || (retryFailed && ended) || runOn === "up") changed.push(item);
  }
  const removed = [...records.values()].filter(({ objectKey }) => !keys.has(objectKey));
  return { added, changed, removed, unchanged: items.length - added.length - changed.length };
}

/** The plan in a line, and up to 20 of the keys that it is about. */
export function planText(
  { added, changed, removed, unchanged }: Plan,
  unknown: number,
  change: Change = () => undefined,
): string {
  const count = (list: readonly unknown[], word: string) => `${list.length.toLocaleString("en-US")} ${word}`;
  const later = unknown > 0 ? ` + ${unknown.toLocaleString("en-US")} known at up` : "";
  const line = `${count(added, "new")}, ${count(changed, "changed")}, ${count(removed, "removed")}, ${unchanged.toLocaleString("en-US")} unchanged${later}`;
  // Only those that are shown are compared: there may be many.
  const shown = [
    ...added.map((item) => () => `+ ${printable(item.objectKey, 300)}`),
    ...changed.map(
      (item) => () => `~ ${[printable(item.objectKey, 300), change(item)].filter(Boolean).join(" ")}`,
    ),
    ...removed.map((record) => () => `- ${printable(record.objectKey, 300)}`),
  ];
  const more =
    shown.length > SHOWN_KEYS ? [`… and ${(shown.length - SHOWN_KEYS).toLocaleString("en-US")} more`] : [];
  return [line, ...shown.slice(0, SHOWN_KEYS).map((say) => say()), ...more].join("\n");
}
