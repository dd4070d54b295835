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
  "an update of a batch that cancelled what it superseded, and whose state was not saved": (
    events,
    problems,
  ) =>
    has(events, "kind", "batch") &&
    events.some(({ name }) => name === "end") &&
    problems.every((problem) => problem.endsWith("holds a job that was cancelled")),
  "a change of a batch that is refused for some objects, after a run whose state was not saved": (
    events,
    problems,
  ) =>
    has(events, "kind", "batch") &&
    events.some(({ name }) => name === "end") &&
    events.some(({ run, name }) => name === "inputs" && run !== 0) &&
    has(events, "reply", "400", "401") &&
    problems.every((problem) => problem.startsWith("double a/")),
} satisfies Record<string, (events: readonly Event[], problems: readonly string[]) => boolean>;

/** The case that a history is of; undefined if creating once is promised in it. */
export function caseOf(
  events: readonly Event[],
  problems: readonly string[],
): keyof typeof CASES | undefined {
  const names = Object.keys(CASES) as (keyof typeof CASES)[];
  return names.find((name) => CASES[name](events, problems));
}

function has(events: readonly Event[], wanted: string, ...values: string[]): boolean {
  return events.some(({ name, value }) => name === wanted && values.includes(value));
}

function isAnswerMissing(events: readonly Event[]): boolean {
  return events.some(({ name }) => name === "end" || name === "reply");
}
