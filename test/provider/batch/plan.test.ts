import * as fc from "fast-check";
import {
  type BatchEntry,
  decodeBatchEntries,
  decodeBatchRecords,
  encodeBatchEntries,
  encodeBatchRecords,
  isBatchEntry,
} from "../../../src/model/batch-encoding.js";
import { UNKNOWN } from "../../../src/model/unknown.js";
import { entriesOf, itemsOf } from "../../../src/provider/batch/items.js";
import { planOf, planText } from "../../../src/provider/batch/plan.js";

const key = fc.string({ minLength: 1, unit: "grapheme" });
const entry: fc.Arbitrary<BatchEntry> = fc.record(
  {
    objectKey: key,
    version: key,
    customId: key,
    metadata: fc.dictionary(key, fc.oneof(key, fc.integer(), fc.boolean(), fc.array(key))),
  },
  { requiredKeys: ["objectKey"] },
);

test("entries are read as they were written, whatever they hold", () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      expect(decodeBatchEntries(encodeBatchEntries(entries))).toEqual(JSON.parse(JSON.stringify(entries)));
    }),
  );
});

test("what text cannot fully express is not an entry", () => {
  fc.assert(fc.property(entry, isBatchEntry));
  class Later {}
  for (const other of [
    null,
    "a",
    ["a"],
    {},
    { objectKey: 5 },
    { objectKey: "a", version: 1 },
    { objectKey: "a", versoin: "1" },
    { objectKey: "a", metadata: { x: new Later() } },
    { objectKey: new Later() },
    { objectKey: "a", metadata: Promise.resolve({}) },
  ])
    expect(isBatchEntry(other)).toBe(false);
});

test("records are read as they were written", () => {
  const record = fc.record({
    objectKey: key,
    digest: fc.string({ unit: fc.constantFrom("a", "-", "_", "9"), minLength: 8, maxLength: 8 }),
    invocationId: fc.oneof(fc.uuid(), fc.constantFrom("an id of another form", "x")),
    status: fc.constantFrom("pending", "processing", "complete", "failed", "cancelled"),
  });
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect(decodeBatchRecords(encodeBatchRecords(records))).toEqual(records);
    }),
  );
});

test("a text of a later version is refused by name, not misread", () => {
  expect(() => decodeBatchEntries("2 a")).toThrow("newer pulumi-chroma-sync");
  expect(() => decodeBatchRecords("2 a b")).toThrow("newer pulumi-chroma-sync");
});

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const items = (entries: BatchEntry[], more = {}) =>
  itemsOf({ sourceId: SOURCE, ...more }, entries, "urn", { before: "", now: "" });
const recordsOf = (entries: BatchEntry[], status = "complete" as const) =>
  new Map(
    items(entries).map(({ objectKey, digest }) => [
      objectKey,
      { objectKey, digest, status, invocationId: "i" },
    ]),
  );

test.each([
  ["version", { objectKey: "a", version: "2" }, {}],
  ["custom id", { objectKey: "a", version: "1", customId: "c" }, {}],
  ["metadata", { objectKey: "a", version: "1", metadata: { x: 1 } }, {}],
  ["the metadata of all", { objectKey: "a", version: "1" }, { metadata: { x: 1 } }],
])("a change of %s syncs the object again", (_what, changed, more) => {
  const before = recordsOf([{ objectKey: "a", version: "1" }]);
  expect(planOf(items([changed], more), before, {}).changed).toHaveLength(1);
});

test.each([
  ["the order of the list", [{ objectKey: "b" }, { objectKey: "a" }], {}],
  ["nulls in metadata", [{ objectKey: "a" }, { objectKey: "b", metadata: { x: null } }], {}],
  ["concurrency", [{ objectKey: "a" }, { objectKey: "b" }], { concurrency: 3 }],
])("a change of %s syncs nothing", (_what, changed, more) => {
  const before = recordsOf([{ objectKey: "a" }, { objectKey: "b" }]);
  const plan = planOf(items(changed as BatchEntry[], more), before, {});
  expect([plan.added, plan.changed, plan.removed, plan.unchanged]).toEqual([[], [], [], 2]);
});

test("the plan in words lists twenty keys", () => {
  const added = items(Array.from({ length: 10_000 }, (_, n) => ({ objectKey: `k${n}` })));
  const lines = planText(planOf(added, new Map(), {}), 3).split("\n");
  expect(lines[0]).toBe("10,000 new, 0 changed, 0 removed, 0 unchanged + 3 known at up");
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toBe("… and 9,980 more");
});

test("what is not known yet is counted, at any depth", () => {
  const objects = [{ objectKey: "a" }, { objectKey: UNKNOWN }, { objectKey: "b", metadata: { x: UNKNOWN } }];
  expect(entriesOf({ entries: encodeBatchEntries([{ objectKey: "c" }]), objects })).toEqual({
    known: [{ objectKey: "c" }, { objectKey: "a" }],
    unknown: 2,
  });
});

test("of ten thousand objects with equal lengths of key and version state takes less than 130 bytes each", () => {
  const entries = Array.from({ length: 10_000 }, (_, n) => ({
    objectKey: `tenant-a/docs/${String(n).padStart(7, "0")}.md`,
    version: "abcdef01",
  }));
  const records = items(entries).map(({ objectKey, digest }) => ({
    objectKey,
    digest,
    invocationId: "0192f0c1-5d3e-7b7a-9c53-000000000002",
    status: "pending" as const,
  }));
  const bytes =
    JSON.stringify(encodeBatchEntries(entries)).length + JSON.stringify(encodeBatchRecords(records)).length;
  expect(bytes / entries.length).toBeLessThan(130);
});
