import * as fs from "node:fs";
import * as path from "node:path";
import { jobProgress } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { batch } from "../../src/provider/batch/index.js";
import { invocation } from "../../src/provider/invocation/index.js";
import type { Properties, Resource } from "../../src/provider/resource.js";
import { repositoryIn } from "../support/git.js";
import { contextAt, surroundings, temporaryFolder } from "./context.js";

const HOUR = 3600_000;
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const URN = "urn:pulumi:s::p::t::a";
const OBJECT = { sourceId: S3, objectKey: "a" };
const folder = temporaryFolder();
for (const key of ["a", "b"]) fs.writeFileSync(path.join(folder, key), key);
repositoryIn(folder);
let now = Date.now();
let clock: NodeJS.Timeout | undefined;
let emulator: Emulator;
beforeEach(async () => {
  const s3 = { bucket_name: "b", region: "r", collection_name: "objects" };
  const github = { repository: "o/r", app_id: null };
  emulator = await startEmulator({
    token: "k",
    now: () => now,
    seed: {
      buckets: { b: folder },
      repositories: { "o/r": folder },
      sources: [
        { id: S3, database_name: "db", s3 },
        { id: GITHUB, database_name: "db", github },
      ],
    },
  });
});
afterEach(() => {
  clearInterval(clock);
  return emulator.close();
});

/** A new process: what one run knows, the next does not. */
const run = () =>
  contextAt(emulator.url, { "chroma-sync:apiKey": "k" }, { ...surroundings(), now: () => now });

/** The same while the clock runs, for a sync that is waited for. */
function runningClock() {
  clock = setInterval(() => (now += 200), 20);
  return run();
}

/** One `up`; returns the state and what it sent. */
async function up(kind: Resource, olds: Properties | undefined, inputs: Properties, context = run()) {
  const before = emulator.jobs().length;
  const sent = () => emulator.jobs().length - before;
  expect(await kind.check(context, URN, olds ?? {}, inputs)).toEqual([]);
  if (!olds) return { state: await kind.create(context, URN, kind.inputs(inputs)), sent: sent(), context };
  const difference = await kind.diff(context, URN, olds, inputs);
  const { changes, replaces } = difference;
  let state = olds;
  if (replaces.length > 0) {
    state = await kind.create(context, URN, kind.inputs(inputs));
    await kind.delete(context, olds[kind.id] as string, olds);
  } else if (changes)
    state = await kind.update(context, URN, olds[kind.id] as string, olds, kind.inputs(inputs));
  return { state, sent: sent(), difference, context };
}

test.each([
  ["invocation", invocation, OBJECT, 1],
  ["batch", batch, { sourceId: S3, objects: [{ objectKey: "a" }, { objectKey: "b" }] }, 2],
])('runOn: "up" syncs a %s in every up, and only while it is set', async (_name, kind, base, jobs) => {
  const sent: number[] = [];
  let state: Properties | undefined;
  for (const runOn of ["up", "up", "change", "change", undefined, "up", "up"]) {
    const done = await up(kind, state, { ...base, ...(runOn ? { runOn } : {}) });
    state = done.state;
    sent.push(done.sent);
  }
  expect(sent).toEqual([jobs, jobs, 0, 0, 0, jobs, jobs]);
  // What the last one took the place of was pending: it is cancelled, and only the last is not.
  expect(emulator.jobs().filter(({ status }) => status !== "cancelled")).toHaveLength(jobs);
});

test('the preview of runOn: "up" says what it does', async () => {
  const single = await up(invocation, undefined, { ...OBJECT, runOn: "up" });
  const { context, difference } = await up(invocation, single.state, { ...OBJECT, runOn: "up" });
  expect(difference).toMatchObject({ replaces: ["runOn"], changed: ["runOn"] });
  expect(context.lines).toContain('runOn is "up": every `pulumi up` starts a new sync');
  // A refresh compares too, without a check, and starts nothing.
  const refresh = run();
  await invocation.diff(refresh, URN, single.state, { ...OBJECT, runOn: "up" });
  expect(refresh.lines).toEqual([]);
  const objects = { sourceId: S3, objects: [{ objectKey: "b" }], runOn: "up" };
  const many = await up(batch, undefined, objects);
  const again = run();
  await batch.preview?.(again, URN, batch.inputs(objects) as never, many.state);
  expect(again.lines).toEqual(['0 new, 1 changed, 0 removed, 0 unchanged\n~ b runOn is "up"']);
});

/** Hours since the end, as state knows it, and whether 24 hours are up. */
const AGES: [text: string, hours: number, isDue: boolean][] = [
  ["at once", 0, false],
  ["a second before", 24 - 1 / 3600, false],
  ["a second after", 24 + 1 / 3600, true],
  ["after a year", 8760, true],
  ["with a clock that was set back", -5, false],
];
describe.each([true, false])("waitForCompletion: %s", (waitForCompletion) => {
  test.each(AGES)("maxAgeHours %s", async (_text, hours, isDue) => {
    const inputs = { ...OBJECT, maxAgeHours: 24, ...(waitForCompletion ? { waitForCompletion } : {}) };
    const first = await up(invocation, undefined, inputs, runningClock());
    clearInterval(clock);
    now += 10_000;
    const job = await run()
      .client()
      .getInvocation(first.state.invocationId as string);
    const end = Date.parse(jobProgress(job).finishedAt!);
    // The end is the service's: it counts from there, whoever has seen it when.
    now = end + hours * HOUR;
    const again = await up(invocation, first.state, inputs, isDue ? runningClock() : run());
    expect(again.sent).toBe(isDue ? 1 : 0);
    if (isDue) {
      expect(again.difference!.replaces).toEqual(["maxAgeHours"]);
      expect(again.context.lines.join()).toMatch(/finished \d+ h \d+ min ago and maxAgeHours is 24/);
    }
  });
});

test.each(["failed", "cancelled"])("a sync that %s has no age", async (status) => {
  const olds = { ...OBJECT, invocationId: "0192f0c1-5d3e-7b7a-9c53-000000000009", status };
  const { replaces } = await invocation.diff(run(), URN, olds, { ...OBJECT, maxAgeHours: 0.001 });
  expect(replaces).toEqual([]);
});

test.each([
  [{ runOn: "always" }, "runOn"],
  [{ maxAgeHours: 0 }, "maxAgeHours"],
  [{ maxAgeHours: -1 }, "maxAgeHours"],
  [{ maxAgeHours: 8761 }, "maxAgeHours"],
  [{ maxAgeHours: "24" }, "maxAgeHours"],
  [{ maxAgeHours: Number.NaN }, "maxAgeHours"],
  [{ runOn: "up", adoptInvocationId: S3 }, "runOn"],
  [{ maxAgeHours: 1, adoptInvocationId: S3 }, "maxAgeHours"],
])("%j is refused before anything is sent", async (inputs, property) => {
  const failures = await invocation.check(run(), URN, {}, { ...OBJECT, ...inputs });
  expect(new Set(failures.map((failure) => failure.property))).toEqual(new Set([property]));
});

describe('onConflict: "cancel"', () => {
  const cancel = { onConflict: "cancel" };
  const statuses = () => emulator.jobs().map(({ status }) => status);

  test("cancels what is pending of the same object, whoever started it, then starts", async () => {
    await up(invocation, undefined, OBJECT);
    const { context } = await up(invocation, undefined, { ...OBJECT, ...cancel });
    expect(statuses().sort()).toEqual(["cancelled", "pending"]);
    expect(context.lines.join()).toMatch(/cancelled [0-9a-f-]{36}, which was pending/);
  });

  test.each([
    ["another object", OBJECT, { sourceId: S3, objectKey: "b" }],
    ["another collection", OBJECT, { ...OBJECT, targetCollectionName: "other" }],
    [
      "another source",
      OBJECT,
      { sourceId: GITHUB, refIdentifier: { branch: "main" }, targetCollectionName: "objects" },
    ],
  ])("leaves %s alone", async (_what, one, other) => {
    await up(invocation, undefined, one);
    await up(invocation, undefined, { ...other, ...cancel });
    expect(statuses()).toEqual(["pending", "pending"]);
  });

  test("of a repository: what is pending for the collection, of whatever ref", async () => {
    const repository = { sourceId: GITHUB, targetCollectionName: "docs" };
    await up(invocation, undefined, { ...repository, refIdentifier: { branch: "main" } });
    await up(invocation, undefined, { ...repository, refIdentifier: { branch: "next" }, ...cancel });
    expect(statuses().sort()).toEqual(["cancelled", "pending"]);
  });

  test("leaves alone what the same update has started", async () => {
    const context = run();
    await up(invocation, undefined, { ...OBJECT, customId: "one" }, context);
    await up(invocation, undefined, { ...OBJECT, customId: "two", ...cancel }, context);
    expect(statuses()).toEqual(["pending", "pending"]);
  });

  test("says so if one is processing by the time that it is cancelled", async () => {
    await up(invocation, undefined, OBJECT);
    const context = run();
    const { cancelInvocation } = context.client();
    context.client().cancelInvocation = (id, signal) => {
      now += 250;
      return cancelInvocation.call(context.client(), id, signal);
    };
    await up(invocation, undefined, { ...OBJECT, ...cancel }, context);
    expect(statuses()).toEqual(expect.arrayContaining(["processing", "pending"]));
    expect(context.warnings.join()).toContain("keeps running beside the new sync");
  });

  test("a finished one is refused as ever", async () => {
    const repository = { sourceId: GITHUB, targetCollectionName: "docs" };
    await up(invocation, undefined, { ...repository, waitForCompletion: true }, runningClock());
    await expect(up(invocation, undefined, { ...repository, ...cancel })).rejects.toThrow("409");
  });

  test("nothing is sent if the pending ones cannot be cancelled", async () => {
    await up(invocation, undefined, OBJECT);
    const context = run();
    context.client().cancelInvocation = () => Promise.reject(new Error("out of order"));
    await expect(up(invocation, undefined, { ...OBJECT, ...cancel }, context)).rejects.toThrow(
      "out of order",
    );
    expect(statuses()).toEqual(["pending"]);
  });
});
