import { UNKNOWN } from "../model/unknown.js";
import { canonical } from "./canonical.js";

/** Values whose change asks for another sync: a list, or a map of names. */
export type Triggers = unknown[] | Record<string, unknown>;

/**
 * The triggers whose change asks for another sync, as paths. Adding the input or a name, and taking either
 * away, asks for none: only a value that was there and is another one now does.
 */
export function changedTriggers(olds: unknown, news: unknown): string[] {
  if (isNone(olds) || isNone(news)) return [];
  if (news === UNKNOWN) return ["triggers"];
  if (Array.isArray(olds) !== Array.isArray(news)) return [];
  if (Array.isArray(olds)) return textOf(olds) === textOf(news) ? [] : ["triggers"];
  const [before, now] = [olds as Record<string, unknown>, news as Record<string, unknown>];
  return Object.keys(now)
    .filter((name) => Object.hasOwn(before, name) && textOf(before[name]) !== textOf(now[name]))
    .map((name) => `triggers.${name}`);
}

/** Whether there is no value at all. */
export function isNone(triggers: unknown): boolean {
  if (triggers === undefined || triggers === null) return true;
  return typeof triggers === "object" && Object.keys(triggers).length === 0;
}

function textOf(value: unknown): string {
  return canonical("triggers", [value]);
}
