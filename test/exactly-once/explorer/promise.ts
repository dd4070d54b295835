import type { Event } from "./history.js";

/**
 * The cases in which creating once cannot be had, as docs/exactly-once.md lists them: nothing in reach of the
 * provider tells one of these histories from another one in which the opposite would be right.
 */
export const CASES = {
  "a run that leaves nothing on disk while an answer is missing": (events) =>
    has(events, "journal", "off", "unwritable") && isAnswerMissing(events),
  "an equal sync that another stack starts from another disk while an answer is missing": (events) =>
    has(events, "twin", "in another stack on another disk") && isAnswerMissing(events),
} satisfies Record<string, (events: readonly Event[]) => boolean>;

/** The case that a history is of; undefined if creating once is promised in it. */
export function caseOf(events: readonly Event[]): keyof typeof CASES | undefined {
  const names = Object.keys(CASES) as (keyof typeof CASES)[];
  return names.find((name) => CASES[name](events));
}

function has(events: readonly Event[], wanted: string, ...values: string[]): boolean {
  return events.some(({ name, value }) => name === wanted && values.includes(value));
}

function isAnswerMissing(events: readonly Event[]): boolean {
  return events.some(({ name }) => name === "end" || name === "reply");
}
