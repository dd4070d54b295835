import { check } from "../../../src/provider/batch/check.js";
import { contextOf } from "../context.js";

const sourceId = "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a";
const reasons = async (...objects: unknown[]) =>
  (await check(contextOf(), "urn", {}, { sourceId, objects })).map(
    ({ property, reason }) => `${property} ${reason}`,
  );

test.each([
  [{}, "objects an entry: objectKey is required"],
  [{ objectKey: null }, "objects an entry: objectKey is required"],
  [{ objectKey: 7 }, "objects an entry: objectKey must be a string, not a number"],
  [{ objectKey: "a", customId: "c".repeat(121) }, 'objects "a": customId is 121 characters'],
  [{ objectKey: "a", metadata: { n: {} } }, 'objects "a": metadata key "n" holds a nested value'],
  [{ objectKey: "a", version: 1 }, 'objects "a": version must be a string, not a number'],
  [{ objectKey: "a", versoin: "1" }, 'objects "a": has the unknown property versoin: did you mean version?'],
])("an entry %j is refused by its key", async (entry, reason) => {
  expect(await reasons({ objectKey: "good" }, entry)).toEqual([expect.stringContaining(reason)]);
});

test("every bad entry is named, the first 20 and then a count", async () => {
  const objects = Array.from({ length: 23 }, (_, n) => ({ objectKey: `s3://b/${n}` }));
  const all = await reasons(...objects);
  expect(all).toHaveLength(21);
  expect(all[19]).toBe(
    'objects "s3://b/19": objectKey is a URL: give the key alone, without s3:// and the name of the bucket',
  );
  expect(all[20]).toBe("objects have 3 more problems");
});

const live = async (source: object, objects: unknown[]) =>
  (await check(contextOf(source), "urn", {}, { sourceId, objects })).map(
    ({ property, reason }) => `${property} ${reason}`,
  );

test("every entry outside of the source's prefix is named, not the first alone", async () => {
  const source = { s3: { bucket_name: "b", path_prefix: "docs/" } };
  const objects = ["docs/a", "b", "c"].map((objectKey) => ({ objectKey }));
  expect(await live(source, objects)).toEqual([
    expect.stringContaining('objects "b" must start with the source\'s path prefix "docs/"'),
    expect.stringContaining('objects "c" must start with'),
  ]);
});

test.each([
  [
    { github: { repository: "acme/docs" } },
    "sourceId is the id of a GitHub source, and a batch requires an S3 source",
  ],
  [{ web_scrape: { starting_url: "https://x" } }, "sourceId is the id of a web source, and a batch requires"],
])("a batch of %j is one failure", async (source, reason) => {
  expect(await live(source, [{ objectKey: "a" }, { objectKey: "b" }])).toEqual([
    expect.stringContaining(reason),
  ]);
});

test("metadata that has not changed cannot fail a batch that exists", async () => {
  const olds = { sourceId, metadata: { chroma_x: 1 }, objects: [{ objectKey: "a" }] };
  expect(await check(contextOf(), "urn", olds, { ...olds, concurrency: 2 })).toEqual([]);
  const news = { ...olds, metadata: { chroma_x: 2 } };
  expect(await check(contextOf(), "urn", olds, news)).toHaveLength(1);
});

test("what is not an object is refused in one sentence", async () => {
  expect(await reasons("a", null, ["b"])).toEqual([
    expect.stringContaining("objects must be a list of { objectKey"),
  ]);
});
