import { type BatchEntry, packedEntries } from "../../../src/model/batch-encoding.js";
import { changesSince } from "../../../src/provider/batch/changes.js";
import type { BatchInputs } from "../../../src/provider/batch/inputs.js";
import { entriesOf, itemsOf } from "../../../src/provider/batch/items.js";
import { planOf, planText } from "../../../src/provider/batch/plan.js";

const inputsOf = (entries: BatchEntry[], more: object = {}): BatchInputs => ({
  sourceId: "s",
  entries: packedEntries(entries),
  ...more,
});
const itemsFor = (inputs: BatchInputs, base = "") =>
  itemsOf(inputs, entriesOf(inputs).known, "urn", { before: base, now: base });

/** The lines of a plan after its summary. */
function linesOf(
  before: BatchInputs,
  now: BatchInputs,
  status: "complete" | "failed" = "complete",
  base = "",
): string[] {
  const records = new Map(
    itemsFor(before).map(({ objectKey, digest }) => [
      objectKey,
      { objectKey, digest, invocationId: "i", status },
    ]),
  );
  const plan = planOf(itemsFor(now, base), records, now);
  return planText(plan, 0, changesSince(before, now, records))
    .split("\n")
    .slice(1);
}

test.each<[string, BatchEntry, BatchEntry, string]>([
  ["a version", { objectKey: "b", version: "1" }, { objectKey: "b", version: "2" }, "~ b version 1 → 2"],
  ["a first version", { objectKey: "b" }, { objectKey: "b", version: "2" }, "~ b version none → 2"],
  ["a custom id", { objectKey: "b" }, { objectKey: "b", customId: "c" }, "~ b customId"],
  [
    "metadata, of which no value is shown",
    { objectKey: "b", version: "1", metadata: { key: "one-secret" } },
    { objectKey: "b", version: "2", metadata: { key: "other-secret" } },
    "~ b version 1 → 2, metadata",
  ],
])("a change of %s is told in the words of the program", (_what, old, now, line) => {
  expect(linesOf(inputsOf([old]), inputsOf([now]))).toEqual([line]);
});

test("what is shared is told of each object, and so is a failure that is tried again", () => {
  const entries = [{ objectKey: "a" }];
  const [one, two] = [inputsOf(entries, { triggers: [1] }), inputsOf(entries, { triggers: [2] })];
  expect(linesOf(one, two, "complete", "another base")).toEqual(["~ a triggers"]);
  expect(linesOf(inputsOf(entries), inputsOf(entries, { metadata: { a: 1 } }))).toEqual([
    "~ a metadata of the batch",
  ]);
  expect(linesOf(inputsOf(entries), inputsOf(entries, { retryFailed: true }), "failed")).toEqual([
    "~ a failed before",
  ]);
});

test("a hostile version stays on its line", () => {
  const now = inputsOf([{ objectKey: "b", version: `x\n\u001b[31m${"y".repeat(500)}` }]);
  const [line] = linesOf(inputsOf([{ objectKey: "b", version: "1" }]), now);
  expect(line!.length).toBeLessThan(120);
  expect(line).not.toMatch(/\p{Cc}/u);
});

test("without former inputs the object alone is told", () => {
  const now = inputsOf([{ objectKey: "b", version: "2" }]);
  const items = itemsFor(now);
  expect(changesSince(undefined, now, new Map())(items[0]!)).toBeUndefined();
});
