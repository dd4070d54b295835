import { holdsUnknown } from "../../model/unknown.js";
import { canonical } from "../canonical.js";
import type { Context } from "../context.js";
import { differenceOf } from "../difference.js";
import type { Difference, Properties } from "../resource.js";
import { isUnfinished } from "../waiting/settings.js";
import { warnOfFailed } from "./failure.js";
import { type BatchInputs, inputsOf } from "./inputs.js";
import { entriesOf, fitsRecord, itemsOf } from "./items.js";
import { OBJECTS, settingsOf } from "./kind.js";
import { type Plan, planOf } from "./plan.js";
import { type BatchCounts, type BatchState, recordsOf } from "./state.js";
import { triggerBase } from "./trigger-base.js";

/** Another source or collection replaces; everything else is applied in place, object by object. */
export function diff(
  context: Context,
  urn: string,
  olds: Partial<BatchState>,
  news: Properties,
  inputs = inputsOf(news),
  kind = OBJECTS,
): Difference {
  if (olds.run) context.seenInState(olds.run, {}, urn);
  const before = olds as Properties;
  const changed = settingsOf(kind).filter(
    (name) => settingText(name, before[name]) !== settingText(name, news[name]),
  );
  const replaces = changed.filter((name) => kind.fields[name]!.replaces);
  const { plan, moves, isNews } = planFor(urn, olds, inputs);
  const { counts } = olds;
  const unfinished =
    counts !== undefined && isUnfinished(news, (status) => counts[status as keyof BatchCounts] > 0);
  const again = new Set([...plan.changed, ...plan.removed].map(({ objectKey }) => objectKey));
  warnOfFailed(context, olds, news, kind, ({ objectKey }) => !again.has(objectKey));
  const named = [
    ...changed,
    ...(moves > 0 ? [kind.many] : []),
    ...(isNews ? ["triggers"] : []),
    // What could not be cancelled is tried again.
    ...(olds.superseded && news.cancelOnDelete !== false ? ["superseded"] : []),
  ];
  return differenceOf(named, replaces, unfinished);
}

/** What a run would do, as far as it is known, to how many objects, and whether triggers are to be kept. */
export function planFor(
  urn: string,
  olds: Partial<BatchState>,
  news: BatchInputs,
): { plan: Plan; unknown: number; moves: number; isNews: boolean } {
  const { known, unknown } = entriesOf(news);
  const records = recordsOf(olds);
  const base = triggerBase(olds, news.triggers, fitsRecord(news, known, records));
  const { isNews } = base;
  // A trigger that is not known yet may be what it was.
  if (holdsUnknown(news.metadata) || (isNews && holdsUnknown(news.triggers))) {
    const all = known.length + unknown;
    return { plan: { added: [], changed: [], removed: [], unchanged: 0 }, unknown: all, moves: all, isNews };
  }
  const plan = planOf(itemsOf(news, known, urn, base), records, news);
  // An object that is not known yet may be one of those that seem to be gone.
  const removed = unknown > 0 ? [] : plan.removed;
  const moves = plan.added.length + plan.changed.length + removed.length + unknown;
  return { plan: { ...plan, removed }, unknown, moves, isNews };
}

function settingText(name: string, value: unknown): string {
  return name === "sourceId" ? canonical("sourceId", value) : canonical("metadata", value);
}
