import { digest } from "../../model/digest.js";
import { canonical } from "../canonical.js";
import { changedTriggers, isNone, type Triggers } from "../triggers.js";

/** What state holds of triggers: digests, for their values may be secret. */
export interface TriggersSeen {
  /** What the digests of the records hold for the triggers. */
  base: string;
  values: Triggers | undefined;
}

/** What the digests of objects hold for the triggers. */
export interface TriggerBase {
  /** In the records that state has. */
  before: string;
  /** In those that state will have. */
  now: string;
  /** What state will hold of the triggers; undefined if there is nothing to hold. */
  seen: TriggersSeen | undefined;
  /** Whether state has to be written for it, if nothing else is to do. */
  isNews: boolean;
}

const LENGTH = 22;

/**
 * Compares triggers with those of state. A change that syncs gives every object another base; any other keeps
 * the base that they have. State of a version that kept no triggers has their text in its digests: `fits` says
 * whether a base is that of a record.
 */
export function triggerBase(
  olds: { batchId?: string; triggersSeen?: TriggersSeen },
  triggers: unknown,
  fits: (base: string) => boolean,
): TriggerBase {
  const text = canonical("triggers", triggers);
  const values = isNone(triggers) ? undefined : digested(triggers as Triggers);
  const own = values === undefined ? "" : digest(text, LENGTH);
  const based = (before: string, now: string, isNews: boolean): TriggerBase => ({
    before,
    now,
    seen: now === "" && values === undefined ? undefined : { base: now, values },
    isNews,
  });
  if (olds.batchId === undefined) return based(own, own, false);
  if (!olds.triggersSeen && text !== "" && fits(text)) return based(text, own, false);
  const { base, values: before } = olds.triggersSeen ?? { base: "", values: undefined };
  const isSame = canonical("triggers", before) === canonical("triggers", values);
  const syncs = changedTriggers(before, values).length > 0;
  return syncs ? based(own, own, true) : based(base, base, !isSame);
}

function digested(triggers: Triggers): Triggers {
  const one = (value: unknown) => digest(canonical("triggers", [value]), LENGTH);
  if (Array.isArray(triggers)) return [one(triggers)];
  return Object.fromEntries(Object.entries(triggers).map(([name, value]) => [name, one(value)]));
}
