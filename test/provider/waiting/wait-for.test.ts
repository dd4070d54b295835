import { type Emulator, startEmulator } from "../../../src/emulator/index.js";
import { batch } from "../../../src/provider/batch/index.js";
import { invocation } from "../../../src/provider/invocation/index.js";
import type { Properties, Resource } from "../../../src/provider/resource.js";
import { contextAt, temporaryFolder } from "../context.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const URN = "urn:pulumi:s::p::t::a";
const folder = temporaryFolder();
let emulator: Emulator;
const start = async (pendingMs: number, processingMs: number) => {
  const s3 = { bucket_name: "b", region: "r", collection_name: "objects" };
  emulator = await startEmulator({
    token: "k",
    pendingMs,
    processingMs,
    seed: { buckets: { b: folder }, sources: [{ id: SOURCE, database_name: "db", s3 }] },
  });
  return contextAt(emulator.url, { "chroma-sync:apiKey": "k" });
};
afterEach(() => emulator.close());

/** An object that the bucket does not have, so that its sync fails. */
const KINDS: [string, Resource, Properties, (state: Properties) => unknown][] = [
  ["invocation", invocation, { sourceId: SOURCE, objectKey: "missing" }, ({ status }) => status],
  [
    "batch",
    batch,
    { sourceId: SOURCE, objects: [{ objectKey: "missing" }] },
    ({ counts }) =>
      Object.entries(counts as Record<string, number>).find(([name, many]) => name !== "total" && many)?.[0],
  ],
];

describe.each(KINDS)("%s", (_name, kind, base, statusOf) => {
  const failed = base;
  const changes = async (context: ReturnType<typeof contextAt>, olds: Properties, news: Properties) =>
    (await kind.diff(context, URN, olds, news)).changes;

  test("a wait for the start ends while the service still processes, and is not unfinished", async () => {
    const context = await start(300, 60_000);
    const inputs = { ...base, waitForCompletion: { waitFor: "started", pollIntervalSeconds: 0.1 } };
    const state = await kind.create(context, URN, kind.inputs(inputs));
    expect(statusOf(state)).toBe("processing");
    expect(await changes(context, state, inputs)).toBe(false);
    // The end is another matter.
    expect(await changes(context, state, { ...base, waitForCompletion: true })).toBe(true);
  });

  test("a wait for the start whose time is up neither deletes nor replaces, and waits again", async () => {
    const context = await start(60_000, 0);
    const settings = { waitFor: "started", timeoutSeconds: 0.2, pollIntervalSeconds: 0.1 };
    const inputs = { ...base, waitForCompletion: settings };
    const error = await kind.create(context, URN, kind.inputs(inputs)).catch((thrown) => thrown);
    expect(statusOf(error.properties)).toBe("pending");
    const difference = await kind.diff(context, URN, error.properties, inputs);
    expect(difference).toMatchObject({ changes: true, replaces: [] });
    expect(emulator.requests.filter((line) => /^(PUT|DELETE)/.test(line))).toEqual([]);
    expect(emulator.jobs()).toHaveLength(1);
  });

  test("a failed sync fails the update by default, and stays a failure", async () => {
    const context = await start(0, 0);
    const inputs = { ...failed, waitForCompletion: { pollIntervalSeconds: 0.1 } };
    const error = await kind.create(context, URN, kind.inputs(inputs)).catch((thrown) => thrown);
    expect(statusOf(error.properties)).toBe("failed");
    expect(await changes(context, error.properties, inputs)).toBe(true);
  });

  test("with onFailure: warn it is a warning, and nothing is left to do", async () => {
    const context = await start(0, 0);
    const inputs = { ...failed, waitForCompletion: { onFailure: "warn", pollIntervalSeconds: 0.1 } };
    const state = await kind.create(context, URN, kind.inputs(inputs));
    expect(statusOf(state)).toBe("failed");
    expect(context.warnings.join("\n")).toMatch(/failed/);
    expect(await changes(context, state, inputs)).toBe(false);
  });
});

test.each([
  { waitFor: "end" },
  { onFailure: "ignore" },
  { waitfor: "started" },
])("%j is refused", async (settings) => {
  const context = await start(0, 0);
  const inputs = { sourceId: SOURCE, objectKey: "a", waitForCompletion: settings };
  expect(await invocation.check(context, URN, {}, inputs)).toHaveLength(1);
});
