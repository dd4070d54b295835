import { diff } from "../../../src/provider/invocation/diff.js";
import { FIELD_NAMES, type Field } from "../../../src/provider/invocation/inputs.js";
import { contextOf } from "../context.js";

const ID = "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a";
const OLDS = { sourceId: ID, invocationId: ID, status: "complete", __provider: "text" };
const run = (olds: object, news: object, context = contextOf()) =>
  diff(context, "urn", { ...OLDS, ...olds }, { sourceId: ID, ...news });

const PAIRS: Record<Field, [from: unknown, to: unknown][]> = {
  sourceId: [[ID, "1192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a"]],
  targetCollectionName: [
    ["abc", "abd"],
    ["abc", "ABC"],
    [undefined, "abc"],
    ["abc", undefined],
  ],
  refIdentifier: [
    [{ sha: "a" }, { sha: "b" }],
    [{ branch: "main" }, { branch: "Main" }],
    [{ sha: "a" }, { branch: "a" }],
    [undefined, { branch: "main" }],
    [{ branch: "main" }, undefined],
  ],
  objectKey: [
    ["a", "b"],
    ["a", "A"],
  ],
  customId: [
    ["a", "b"],
    [undefined, "a"],
    ["a", undefined],
  ],
  metadata: [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: "1" }],
    [{ a: ["x", "y"] }, { a: ["y", "x"] }],
    [undefined, { a: 1 }],
    [{ a: 1 }, {}],
  ],
  triggers: [
    [["a"], ["b"]],
    [
      ["a", "b"],
      ["b", "a"],
    ],
    [["a"], ["a", null]],
    [{ a: "1" }, { a: "2" }],
  ],
  waitForCompletion: [
    [false, true],
    [true, { timeoutSeconds: 3 }],
  ],
  cancelOnDelete: [
    [true, false],
    [undefined, false],
  ],
  onConflict: [
    [undefined, "adopt"],
    ["adopt", "cancel"],
  ],
  runOn: [[undefined, "change"]],
  maxAgeHours: [
    [undefined, 24],
    [24, 48],
  ],
  provenance: [[undefined, true]],
  retryFailed: [[undefined, true]],
  adoptInvocationId: [[ID, undefined]],
};
const SETTINGS = [
  "waitForCompletion",
  "cancelOnDelete",
  "onConflict",
  "runOn",
  "maxAgeHours",
  "provenance",
  "retryFailed",
  "adoptInvocationId",
];
const MATRIX = FIELD_NAMES.flatMap((field) => PAIRS[field].map(([from, to]) => ({ field, from, to })));

test.each(
  MATRIX.filter(({ field }) => !SETTINGS.includes(field)),
)("Replace: $field from $from to $to", async ({ field, from, to }) => {
  expect(await run({ [field]: from }, { [field]: to })).toEqual({
    changes: true,
    replaces: [field],
    changed: [field],
  });
});

test.each(
  MATRIX.filter(({ field }) => SETTINGS.includes(field)),
)("Keep: $field from $from to $to updates", async ({ field, from, to }) => {
  expect(await run({ [field]: from }, { [field]: to })).toEqual({
    changes: true,
    replaces: [],
    changed: [field],
  });
});

test.each(
  MATRIX.flatMap(({ field, from, to }) => [from, to].map((value) => ({ field, value }))),
)("Keep: $field of $value, unchanged", async ({ field, value }) => {
  expect(await run({ [field]: value }, { [field]: value })).toEqual({
    changes: false,
    replaces: [],
    changed: [],
  });
});

test.each([
  ["sourceId", ID, ID.toUpperCase()],
  ["refIdentifier", { sha: "ABC" }, { sha: "abc" }],
  ["refIdentifier", { sha: "a" }, { sha: "a", branch: null }],
  ["metadata", { a: 1, b: 2 }, { b: 2, a: 1 }],
  ["metadata", { a: 1 }, { a: 1, b: null }],
  ["customId", null, undefined],
  ["triggers", [{ a: 1, b: 2 }], [{ b: 2, a: 1 }]],
])("Keep: %s of %j means the same as %j", async (field, from, to) => {
  expect(await run({ [field]: from }, { [field]: to })).toEqual({
    changes: false,
    replaces: [],
    changed: [],
  });
});

test("what a newer version has put into state changes nothing", async () => {
  expect(await run({ region: "x", retries: 3 }, {})).toEqual({ changes: false, replaces: [], changed: [] });
});

test.each([
  ["pending"],
  ["processing"],
  ["failed"],
  ["cancelled"],
])("waiting on a recorded %s is unfinished business", async (status) => {
  expect(await run({ status, waitForCompletion: true }, { waitForCompletion: true })).toEqual({
    changes: true,
    replaces: [],
    changed: ["status"],
  });
  expect(await run({ status }, {})).toEqual({ changes: false, replaces: [], changed: [] });
});

test("a recorded failure warns if nothing waits for it", async () => {
  const context = contextOf();
  await run({ status: "failed", error: "no such object" }, {}, context);
  expect(context.warnings).toEqual([expect.stringContaining("no such object")]);
});

test("another ref into the same finished collection warns of the 409", async () => {
  const context = contextOf();
  const same = { targetCollectionName: "docs" };
  await run({ ...same, refIdentifier: { sha: "a" } }, { ...same, refIdentifier: { sha: "b" } }, context);
  expect(context.warnings).toEqual([expect.stringContaining("409")]);
});
