import { holdsUnknown } from "../../model/unknown.js";
import { canonical } from "../canonical.js";
import type { Context } from "../context.js";
import { type Difference, waits } from "../invocation/diff.js";
import { BATCH_FIELDS, BATCH_SETTINGS, type BatchInputs, entriesOf, itemsOf } from "./inputs.js";
import { type Plan, planOf, planText } from "./plan.js";
import { type BatchState, recordsOf } from "./state.js";

type Properties = Record<string, unknown>;

/** Another source or collection replaces; everything else is brought about in place, object by object. */
export function diffBatch(
  context: Context,
  urn: string,
  olds: Partial<BatchState>,
  news: Properties,
): Difference {
  if (olds.run) context.settle(olds.run, {});
  const before = olds as Properties;
  const changed = BATCH_SETTINGS.filter(
    (name) => settingText(name, before[name]) !== settingText(name, news[name]),
  );
  const replaces = changed.filter((name) => BATCH_FIELDS[name].replaces);
  const { plan, unknown } = planFor(urn, olds, news as unknown as BatchInputs);
  const moves = plan.added.length + plan.changed.length + plan.removed.length + unknown;
  if (moves > 0 && replaces.length === 0) context.tell(urn, planText(plan, unknown));
  const { counts } = olds;
  const unfinished = waits(news) && counts !== undefined && counts.complete !== counts.total;
  if (counts?.failed && !waits(news))
    context.warn(
      `${counts.failed} invocations of a batch have failed: see its output failures, and set retryFailed: true to sync them again.`,
    );
  return { changes: changed.length > 0 || moves > 0 || unfinished, replaces };
}

/** Says what the first run will do. */
export function tellFirstPlan(context: Context, urn: string, news: Properties): void {
  const { plan, unknown } = planFor(urn, {}, news as unknown as BatchInputs);
  context.tell(urn, planText(plan, unknown));
}

/** What a run would do, as far as it is known. */
function planFor(urn: string, olds: Partial<BatchState>, news: BatchInputs): { plan: Plan; unknown: number } {
  const { known, unknown } = entriesOf(news);
  if (holdsUnknown(news.metadata) || holdsUnknown(news.triggers))
    return { plan: { added: [], changed: [], removed: [], unchanged: 0 }, unknown: known.length + unknown };
  const plan = planOf(itemsOf(news, known, urn), recordsOf(olds), news);
  // An object that is not known yet may be one of those that seem to be gone.
  return unknown > 0 ? { plan: { ...plan, removed: [] }, unknown } : { plan, unknown };
}

function settingText(name: (typeof BATCH_SETTINGS)[number], value: unknown): string {
  return name === "sourceId" ? canonical("sourceId", value) : canonical("metadata", value);
}
