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

test("what is not an object is refused in one sentence", async () => {
  expect(await reasons("a", null, ["b"])).toEqual([
    expect.stringContaining("objects must be a list of { objectKey"),
  ]);
});
