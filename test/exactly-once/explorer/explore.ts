import { allEvents, canHappen, described, type Event, historyOf, sets } from "./history.js";
import { type Code, play } from "./play.js";
import { caseOf } from "./promise.js";

/** What an exploration found. */
export interface Found {
  /** Histories in which every event took effect. */
  histories: number;
  /** Histories that ended with an error that lists what to look at. */
  blocked: number;
  jobs: number;
  doubles: number;
  lost: number;
  wrong: number;
  stuck: number;
  /** Histories with one of these in which creating once is not promised, by case. */
  cases: Record<string, number>;
  /** Failing histories that have no failing part, each in a line, with what went wrong. */
  failures: { events: readonly Event[]; what: string }[];
}

/** Plays every history of `runs` runs with up to `most` events; `part` of `parts` shares the work. */
export async function explore(
  code: Code,
  runs: number,
  most: number,
  [part, parts]: readonly [number, number] = [0, 1],
): Promise<Found> {
  const found: Found = {
    histories: 0,
    blocked: 0,
    jobs: 0,
    doubles: 0,
    lost: 0,
    wrong: 0,
    stuck: 0,
    cases: {},
    failures: [],
  };
  let index = 0;
  for (const events of sets(allEvents(runs), most)) {
    if (!canHappen(events) || index++ % parts !== part) continue;
    if (found.failures.some((failure) => isPart(failure.events, events))) continue;
    const { used, said, ...verdict } = await play(historyOf(events, runs), code).catch((error) => {
      throw new Error(`${described(events)}: ${error.message}`, { cause: error });
    });
    if (!events.every(({ run, name }) => run === undefined || used.has(`${run} ${name}`))) continue;
    found.histories++;
    found.jobs += verdict.jobs;
    if (verdict.blocked.length > 0) found.blocked++;
    const problems = [
      ...verdict.doubles.map((one) => `double ${one}`),
      ...verdict.lost.map((one) => `lost ${one}`),
      ...verdict.wrong,
      ...verdict.stuck.map((one) => `stuck ${one}`),
    ];
    if (problems.length === 0) continue;
    const named = caseOf(events, problems);
    if (named !== undefined) {
      found.cases[named] = (found.cases[named] ?? 0) + 1;
      continue;
    }
    found.doubles += verdict.doubles.length;
    found.lost += verdict.lost.length;
    found.wrong += verdict.wrong.length;
    found.stuck += verdict.stuck.length;
    found.failures.push({ events, what: `${described(events)} → ${problems.join("; ")}` });
  }
  return found;
}

function isPart(some: readonly Event[], all: readonly Event[]): boolean {
  return some.every((event) => all.includes(event));
}
