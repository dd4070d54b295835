import { UNKNOWN } from "../../src/model/unknown.js";
import { check as checkBatch } from "../../src/provider/batch/check.js";
import { check } from "../../src/provider/invocation/check.js";
import { contextOf } from "./context.js";

const ID = "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a";
const GITHUB = { github: { repository: "acme/docs" } };
const S3 = { s3: { bucket_name: "b", collection_name: "c" } };
const urn = (name: string) => `urn:pulumi:dev::p::type::${name}`;
const sha = "a".repeat(40);

type Sync = [name: string, inputs: object, olds?: object];

async function warningsOf(source: object, ...syncs: Sync[]): Promise<string[]> {
  const context = contextOf(source);
  for (const [name, inputs, olds = {}] of syncs) {
    const news = { sourceId: ID, ...inputs };
    const rules = "objects" in inputs ? checkBatch : check;
    expect(await rules(context, urn(name), { ...olds }, news)).toEqual([]);
  }
  return context.warnings;
}

const docs = (ref: object) => ({ targetCollectionName: "docs", refIdentifier: ref });

test("two refs into one collection are a warning that names both resources", async () => {
  const [a, b]: Sync[] = [
    ["a", docs({ sha })],
    ["b", docs({ branch: "main" })],
  ];
  const warnings = await warningsOf(GITHUB, a!, b!);
  // In one order, whichever the engine checks first.
  expect(await warningsOf(GITHUB, b!, a!)).toEqual(warnings);
  expect(warnings).toEqual([
    expect.stringContaining(
      `Collection docs would get two refs of source ${ID}: "a" syncs commit ${sha}, "b" syncs branch main.`,
    ),
  ]);
});

test.each<[string, Sync, Sync]>([
  ["the same ref", ["a", docs({ sha })], ["b", docs({ sha: sha.toUpperCase() })]],
  ["another collection", ["a", docs({ sha })], ["b", { targetCollectionName: "other" }]],
  [
    "another source",
    ["a", docs({ sha })],
    ["b", { ...docs({ branch: "x" }), sourceId: ID.replace("a", "b") }],
  ],
  ["the same resource, checked again", ["a", docs({ sha })], ["a", docs({ branch: "x" })]],
  ["a ref that is not known yet", ["a", docs({ sha })], ["b", docs({ sha: UNKNOWN })]],
  [
    "a source that is not known yet",
    ["a", docs({ sha })],
    ["b", { ...docs({ branch: "x" }), sourceId: UNKNOWN }],
  ],
])("%s is none", async (_what, first, second) => {
  expect(await warningsOf(GITHUB, first, second)).toEqual([]);
});

test("one object twice is a warning, by a batch as well, unless both are done", async () => {
  const a = { objectKey: "a" };
  const batch = { objects: [a, { objectKey: "b" }] };
  expect(await warningsOf(S3, ["x", a], ["y", a])).toEqual([
    expect.stringContaining(
      `Object key "a" of source ${ID} would be synced twice into the same collection, by "x" and by "y":`,
    ),
  ]);
  expect(await warningsOf(S3, ["x", a], ["y", batch])).toHaveLength(1);
  expect(await warningsOf(S3, ["x", batch], ["y", batch])).toEqual([
    expect.stringContaining('Object keys "a", "b" of source'),
  ]);
  const done = { sourceId: ID, ...a };
  expect(await warningsOf(S3, ["x", a, done], ["y", a, done])).toEqual([]);
  expect(await warningsOf(S3, ["x", a], ["y", a, done])).toHaveLength(1);
  expect(await warningsOf(S3, ["x", a], ["y", { ...a, targetCollectionName: "other" }])).toEqual([]);
});
