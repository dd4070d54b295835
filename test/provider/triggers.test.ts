import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { batch } from "../../src/provider/batch/index.js";
import { invocation } from "../../src/provider/invocation/index.js";
import type { Properties, Resource } from "../../src/provider/resource.js";
import { contextAt } from "./context.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000002";
let emulator: Emulator;
beforeAll(async () => {
  const s3 = { bucket_name: "b", region: "r", collection_name: "objects" };
  emulator = await startEmulator({
    token: "k",
    seed: { sources: [{ id: SOURCE, database_name: "db", s3 }] },
  });
});
afterAll(() => emulator.close());

/** Each value as a program may write it, and what has a value of its own in it. */
const TRIGGERS: [written: unknown, values: Record<string, string>][] = [
  [undefined, {}],
  [null, {}],
  [[], {}],
  [{}, {}],
  [["1"], { list: "1" }],
  [["2"], { list: "2" }],
  [["1", "2"], { list: "1 2" }],
  [["2", "1"], { list: "2 1" }],
  [[null], { list: "null" }],
  [{ a: "1" }, { a: "1" }],
  [{ a: "2" }, { a: "2" }],
  [{ a: { x: 1, y: 2 } }, { a: "x1 y2" }],
  [
    { a: "1", b: "1" },
    { a: "1", b: "1" },
  ],
  [
    { b: "1", a: "1" },
    { a: "1", b: "1" },
  ],
  [{ b: "2" }, { b: "2" }],
];
const KINDS: [string, Resource, Properties, number][] = [
  ["invocation", invocation, { sourceId: SOURCE, objectKey: "a" }, 1],
  ["batch", batch, { sourceId: SOURCE, objects: [{ objectKey: "a" }, { objectKey: "b" }] }, 2],
];
const steps = TRIGGERS.flatMap(([from, before]) =>
  TRIGGERS.map(([to, now]) => ({
    from,
    to,
    isSync: Object.keys(now).some((name) => name in before && before[name] !== now[name]),
  })),
);

/** Brings a resource to its inputs as the engine does; returns its state. */
async function apply(kind: Resource, olds: Properties | undefined, inputs: Properties): Promise<Properties> {
  const context = contextAt(emulator.url, { "chroma-sync:apiKey": "k" });
  const urn = "urn:pulumi:s::p::t::a";
  expect(await kind.check(context, urn, olds ?? {}, inputs)).toEqual([]);
  if (!olds) return kind.create(context, urn, kind.inputs(inputs));
  const { changes, replaces } = await kind.diff(context, urn, olds, inputs);
  if (replaces.length > 0) return kind.create(context, urn, kind.inputs(inputs));
  return changes ? kind.update(context, urn, olds[kind.id] as string, olds, kind.inputs(inputs)) : olds;
}

describe.each(KINDS)("%s", (_name, kind, base, jobs) => {
  test("only a value that was there and is another one now syncs, whatever was written before and after", async () => {
    const wrong: unknown[] = [];
    for (const { from, to, isSync } of steps) {
      const first = await apply(kind, undefined, { ...base, triggers: from });
      const before = emulator.jobs().length;
      const second = await apply(kind, first, { ...base, triggers: to });
      const sent = emulator.jobs().length - before;
      await apply(kind, second, { ...base, triggers: to });
      const again = emulator.jobs().length - before - sent;
      if (sent !== (isSync ? jobs : 0) || again !== 0) wrong.push({ from, to, isSync, sent, again });
    }
    expect(wrong).toEqual([]);
  });

  test("a name that is added syncs nothing, and its next value does", async () => {
    const count = async (state: Properties | undefined, triggers: unknown) => {
      const before = emulator.jobs().length;
      const next = await apply(kind, state, { ...base, triggers });
      return [next, emulator.jobs().length - before] as const;
    };
    const [first] = await count(undefined, undefined);
    const [second, added] = await count(first, { image: "1" });
    const [third, named] = await count(second, { image: "1", schema: "1" });
    const [fourth, changed] = await count(third, { image: "1", schema: "2" });
    const [fifth, taken] = await count(fourth, { schema: "2" });
    const [, gone] = await count(fifth, undefined);
    expect([added, named, changed, taken, gone]).toEqual([0, 0, jobs, 0, 0]);
  });
});

test("the state of a batch from before triggers were kept needs no change, and syncs for another value", async () => {
  const inputs = { sourceId: SOURCE, objects: [{ objectKey: "a" }], triggers: ["1"] };
  // As 0.1.0 wrote it: the text of the triggers in the digest of each record.
  const old = {
    sourceId: SOURCE,
    batchId: "b",
    run: "r",
    records: "1 a BI_sbNtRAZLwwV0-e3qcUwAAAAAAmQc",
    counts: { total: 1, pending: 0, processing: 0, complete: 1, failed: 0, cancelled: 0 },
    failures: {},
  };
  const before = emulator.jobs().length;
  expect(await apply(batch, old, inputs)).toBe(old);
  expect(emulator.jobs().length - before).toBe(0);
  // An update for another reason keeps the record, and state has what tells the next change.
  const kept = await apply(batch, old, { ...inputs, cancelOnDelete: false });
  expect(emulator.jobs().length - before).toBe(0);
  await apply(batch, kept, { ...inputs, cancelOnDelete: false, triggers: ["2"] });
  expect(emulator.jobs().length - before).toBe(1);
});

test("no value of a trigger is in the state of a batch", async () => {
  const state = await apply(batch, undefined, {
    sourceId: SOURCE,
    objects: [{ objectKey: "a" }],
    triggers: { image: "secret-of-the-image" },
  });
  expect(JSON.stringify(state)).not.toContain("secret-of-the-image");
});
