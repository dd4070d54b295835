import type { Echo, Reply } from "./service.js";

/** What can be different from a quiet world, each with the quiet case first. */
export const WORLD = {
  kind: ["s3", "github", "batch"],
  lag: ["none", "8 s", "30 s"],
  echo: ["as sent", "normalised", "changed"] satisfies Echo[],
  journal: ["kept", "off", "unwritable", "of another host", "torn", "of a machine that fails"],
  skew: ["none", "2 h behind"],
  clock: ["steady", "set back 2 h", "set ahead 2 h"],
  twin: [
    "none",
    "equal, created before",
    "equal, created at once",
    "equal, of the other kind, created at once",
    "in another stack",
    "in another stack on another disk",
  ],
} as const;

const REPLIES = [
  "201",
  "no connection",
  "429",
  "400",
  "401",
  "reset, not accepted",
  "reset, accepted",
  "504, accepted 20 s later",
  "no answer, accepted later",
  "201 with no id",
] satisfies Reply[];

/** The same for one run of the program. */
export const RUN = {
  inputs: ["A", "A with other triggers", "B"],
  command: ["up", "up --replace"],
  reply: REPLIES,
  secondReply: ["201", "400", "reset, not accepted", "reset, accepted"] satisfies Reply[],
  end: [
    "in order",
    "killed before the POST",
    "killed with the POST in flight",
    "killed before the answer",
    "killed before the state was saved",
    "killed after the state was saved",
    "engine killed with the POST in flight",
    "interrupted with the POST in flight",
    "interrupted while it looks",
    "state not saved",
  ],
  onError: ["fail", "create again"],
  list: ["can be read", "fails after the first POST"],
} as const;

export type World = { -readonly [Name in keyof typeof WORLD]: (typeof WORLD)[Name][number] };
export type Run = { -readonly [Name in keyof typeof RUN]: (typeof RUN)[Name][number] };

/** A run in which nothing goes wrong. */
export const QUIET_RUN = Object.fromEntries(
  Object.entries(RUN).map(([name, [first]]) => [name, first]),
) as Run;

/** A world and what happens in it, run by run; two quiet runs follow. */
export interface History {
  world: World;
  runs: Run[];
}

/** One thing that is different: in the world, or in a run. */
export interface Event {
  run: number | undefined;
  name: string;
  value: string;
}

/** Every event that `runs` runs can have. */
export function allEvents(runs: number): Event[] {
  const of = (table: Record<string, readonly string[]>, run: number | undefined) =>
    Object.entries(table).flatMap(([name, [, ...values]]) => values.map((value) => ({ run, name, value })));
  return [...of(WORLD, undefined), ...Array.from({ length: runs }, (_, run) => of(RUN, run)).flat()];
}

/** Every set of up to `most` events of which no two are of the same thing. */
export function* sets(
  events: readonly Event[],
  most: number,
  from = 0,
  chosen: Event[] = [],
): Generator<Event[]> {
  yield chosen;
  if (chosen.length === most) return;
  for (let index = from; index < events.length; index++) {
    const event = events[index]!;
    if (chosen.some(({ run, name }) => run === event.run && name === event.name)) continue;
    yield* sets(events, most, index + 1, [...chosen, event]);
  }
}

/** Whether each of the events can take effect, as far as that shows without playing: most sets are cut short here. */
export function canHappen(events: readonly Event[]): boolean {
  const values = events.map(({ value }) => value);
  // A batch takes S3 objects.
  if (values.includes("github") && values.includes("equal, of the other kind, created at once")) return false;
  // A journal is used by one machine at a time.
  const isElsewhere = (value: string) =>
    value.startsWith("in another stack") || value === "engine killed with the POST in flight";
  if (values.includes("of another host") && values.some(isElsewhere)) return false;
  // All that runs on a machine ends with it.
  if (values.includes("of a machine that fails") && values.includes("in another stack")) return false;
  return events.every(({ run, name }) => {
    if (run === undefined) return true;
    const others = events.filter((one) => one.run !== undefined && one.run <= run);
    const here = others.filter((one) => one.run === run);
    if (name === "command") return run > 0;
    if (name === "secondReply" || name === "onError") return here.some((one) => one.name === "reply");
    // A later run creates something only if it is asked to, or if an earlier one did not.
    const isAsked = here.some((one) => one.name === "command");
    const isLeft = others.some((one) => one.name === "inputs" || (one.run! < run && one.name !== "command"));
    return run === 0 || name === "inputs" || isAsked || isLeft;
  });
}

/** The quiet history with these events in it. */
export function historyOf(events: readonly Event[], runs: number): History {
  const quiet = (table: Record<string, readonly string[]>) =>
    Object.fromEntries(Object.entries(table).map(([name, [first]]) => [name, first]));
  const history = {
    world: quiet(WORLD) as World,
    runs: Array.from({ length: runs }, () => ({ ...QUIET_RUN })),
  };
  for (const { run, name, value } of events)
    Object.assign(run === undefined ? history.world : history.runs[run]!, { [name]: value });
  return history;
}

/** A history in a line. */
export function described(events: readonly Event[]): string {
  return (
    events
      .map(({ run, name, value }) => `${run === undefined ? "" : `run ${run + 1} `}${name}: ${value}`)
      .join(" · ") || "quiet"
  );
}
