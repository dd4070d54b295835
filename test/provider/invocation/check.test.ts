import { responseError } from "../../../src/api/errors.js";
import { ResponseError } from "../../../src/api/index.js";
import { UNKNOWN } from "../../../src/model/unknown.js";
import { ConfigError } from "../../../src/provider/config.js";
import { check } from "../../../src/provider/invocation/check.js";
import { contextOf } from "../context.js";

const ID = "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a";
const GITHUB = { github: { repository: "a/b" } };
const S3 = { s3: { bucket_name: "b", collection_name: "c", path_prefix: "tenant/" } };
const WEB = { web_scrape: { starting_url: "https://x" } };
const SHA = "a".repeat(40);

const offline = (inputs: Record<string, unknown>, olds = {}) =>
  check(contextOf(), "urn", olds, { sourceId: ID, ...inputs });

test.each([
  ["sourceId", { sourceId: undefined }, /required/],
  ["sourceId", { sourceId: null }, /required/],
  ["sourceId", { sourceId: "src-1" }, /UUID/],
  ["sourceId", { sourceId: 7 }, /must be a string, not a number/],
  ["targetCollectionName", { targetCollectionName: "ab" }, /3 to 128/],
  ["targetCollectionName", { targetCollectionName: "a".repeat(129) }, /3 to 128/],
  ["targetCollectionName", { targetCollectionName: "a b c" }, /letters/],
  ["targetCollectionName", { targetCollectionName: "-abc" }, /start and end/],
  ["targetCollectionName", { targetCollectionName: "a..b" }, /two dots/],
  ["targetCollectionName", { targetCollectionName: "10.0.0.1" }, /IP/],
  ["refIdentifier", { refIdentifier: { sha: SHA, branch: "main" } }, /both/],
  ["refIdentifier", { refIdentifier: { sha: "a", branch: "b" } }, /both/],
  ["refIdentifier", { refIdentifier: {} }, /empty/],
  ["refIdentifier.sha", { refIdentifier: { sha: "" } }, /empty/],
  ["refIdentifier.branch", { refIdentifier: { branch: " " } }, /empty/],
  ["refIdentifier.sha", { refIdentifier: { sha: "abc1234" } }, /full commit id/],
  ["refIdentifier.branch", { refIdentifier: { branch: 7 } }, /must be a string/],
  ["refIdentifier", { refIdentifier: "main" }, /not a string/],
  ["refIdentifier", { refIdentifier: ["main"] }, /not a list/],
  ["refIdentifier", { refIdentifier: { tag: "v1" } }, /unknown key "tag"/],
  ["objectKey", { objectKey: "" }, /empty/],
  ["objectKey", { objectKey: "a".repeat(1025) }, /1,024/],
  ["objectKey", { objectKey: "s3://bucket/docs/a.md" }, /is a URL: give the key alone/],
  ["objectKey", { objectKey: "a\0" }, /NUL/],
  ["metadata.n", { metadata: { n: Number.NaN } }, /is NaN/],
  ["metadata.n", { metadata: { n: Number.NEGATIVE_INFINITY } }, /is -Infinity/],
  ["metadata.n", { metadata: { n: 2 ** 53 } }, /too large to be exact/],
  ["metadata.t", { metadata: { t: "a\ud800" } }, /surrogate/],
  ["metadata", { metadata: { "a\udc00": 1 } }, /has a key that holds half of a surrogate/],
  ["metadata", { metadata: { chroma_id: 1 } }, /reserved for Chroma/],
  ["metadata", { metadata: { pulumi_provenance: "x" } }, /use the input provenance/],
  ["triggers[0].at", { triggers: [{ at: "Calling [toJSON] on an [Output<T>] is…" }] }, /text of an Output/],
  ["customId", { customId: "Calling __str__ on an Output[T] is not supported." }, /text of an Output/],
  ["customId", { customId: "a".repeat(121) }, /121 characters/],
  ["customId", { customId: "é".repeat(61) }, /122 bytes/],
  ["customId", { customId: "" }, /empty/],
  ["metadata", { metadata: { a: { b: 1 } } }, /nested/],
  ["metadata", { metadata: { a: ["x", 1] } }, /mixed/],
  ["metadata", { metadata: { a: [] } }, /empty list/],
  ["metadata", { metadata: { a: [["x"]] } }, /flatten/],
  ["metadata", { metadata: { "": 1 } }, /is empty/],
  ["metadata", { metadata: { "#a": 1 } }, /reserved/],
  ["metadata", { metadata: { $a: 1 } }, /reserved/],
  ["metadata", { metadata: { custom_id: "x" } }, /reserved/],
  ["metadata", { metadata: { ["a".repeat(37)]: 1 } }, /37 bytes/],
  ["metadata", { metadata: "x" }, /map/],
  [
    "metadata",
    { metadata: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, n])) },
    /has 10000 keys/,
  ],
  ["metadata", { metadata: { a: "x".repeat(10_000_000) } }, /has 10000008 bytes as JSON/],
  ["triggers", { triggers: "x" }, /list, or a map/],
  ["waitForCompletion", { waitForCompletion: "yes" }, /true, false or/],
  ["waitForCompletion", { waitForCompletion: { timeout: 3 } }, /timeoutSeconds/],
  ["waitForCompletion.timeoutSeconds", { waitForCompletion: { timeoutSeconds: 0 } }, /above 0/],
  ["cancelOnDelete", { cancelOnDelete: 1 }, /true or false/],
  ["targetCollection", { targetCollection: "docs" }, /did you mean targetCollectionName/],
  ["objectkey", { objectkey: "docs" }, /did you mean objectKey/],
])("%s of %j is refused offline", async (property, inputs, reason) => {
  const failures = await offline(inputs);
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

test("several bad properties are one failure each", async () => {
  const failures = await offline({ sourceId: "x", customId: "", objectKey: "" });
  expect(failures.map(({ property }) => property)).toEqual(["sourceId", "objectKey", "customId"]);
});

test.each([
  [{ refIdentifier: { sha: SHA } }],
  [{ refIdentifier: { sha: "B".repeat(64) } }],
  [{ refIdentifier: { sha: SHA, branch: null } }],
  [{ customId: "a".repeat(120) }],
  [{ metadata: { tags: ["a", "b"], n: 1, b: true, z: null } }],
  [
    {
      objectKey: null,
      customId: null,
      metadata: null,
      refIdentifier: null,
      targetCollectionName: null,
      triggers: null,
    },
  ],
  [{ waitForCompletion: {} }],
  [{ waitForCompletion: { timeoutSeconds: 5, pollIntervalSeconds: 0.5 } }],
])("%j passes", async (inputs) => {
  expect(await offline(inputs)).toEqual([]);
});

test.each([
  [{ sourceId: UNKNOWN }],
  [{ refIdentifier: UNKNOWN }],
  [{ refIdentifier: { sha: UNKNOWN } }],
  [{ metadata: UNKNOWN }],
  [{ metadata: { a: UNKNOWN, b: [UNKNOWN, "x"] } }],
  [{ customId: UNKNOWN, objectKey: UNKNOWN, targetCollectionName: UNKNOWN, triggers: UNKNOWN }],
  [{ waitForCompletion: { timeoutSeconds: UNKNOWN } }],
  [{ waitForCompletion: UNKNOWN, cancelOnDelete: UNKNOWN }],
])("what is not known yet passes: %j", async (inputs) => {
  expect(await offline(inputs)).toEqual([]);
});

const live = (source: object, inputs: Record<string, unknown>) =>
  check(contextOf(source), "urn", {}, { sourceId: ID, ...inputs });

test.each([
  [S3, { objectKey: "tenant/a" }, []],
  [S3, { objectKey: UNKNOWN, customId: "c", metadata: { a: 1 }, targetCollectionName: "docs" }, []],
  [S3, {}, ["objectKey"]],
  [S3, { objectKey: "other/a" }, ["objectKey"]],
  [S3, { objectKey: "a" }, ["objectKey"]],
  [S3, { objectKey: "tenant/a", refIdentifier: { sha: SHA } }, ["refIdentifier"]],
  [GITHUB, { targetCollectionName: "docs", refIdentifier: { branch: "main" } }, []],
  [GITHUB, { targetCollectionName: "docs" }, []],
  [GITHUB, {}, ["targetCollectionName"]],
  [
    GITHUB,
    { targetCollectionName: "docs", objectKey: "k", customId: "c", metadata: { a: 1 } },
    ["objectKey", "customId", "metadata"],
  ],
  [WEB, { targetCollectionName: "docs" }, []],
  [WEB, {}, ["targetCollectionName"]],
  [WEB, { targetCollectionName: "docs", objectKey: "k" }, ["objectKey"]],
  [WEB, { targetCollectionName: "docs", refIdentifier: { sha: SHA } }, ["refIdentifier"]],
  [{ tape: {} }, { objectKey: "k" }, []],
])("a source of %j with %j fails on %j", async (source, inputs, properties) => {
  expect((await live(source, inputs)).map(({ property }) => property)).toEqual(properties);
});

test.each([
  ["sourceId", 404],
  // A rejected key is not a problem of the input.
  ["", 401],
])("%j fails if the source returns %i", async (property, status) => {
  const failures = await live(new ResponseError("said so", status), { objectKey: "k" });
  expect(failures).toEqual([{ property, reason: expect.stringContaining("said so") }]);
});

test.each([
  ["another server", 404, "<h1>Not Found</h1>"],
  ["a configuration without a usable endpoint", undefined, ""],
])("%s fails, whatever the inputs are", async (_what, status, body) => {
  const error = status ? responseError("GET", status, body) : new ConfigError("The endpoint is bad.");
  const [failure] = await live(error, { objectKey: "k" });
  expect(failure).toEqual({ property: "", reason: error.message });
});

test.each([[403], [500]])("a source that returns %i is a warning and the offline rules", async (status) => {
  const context = contextOf(new ResponseError("said so", status));
  expect(await check(context, "urn", {}, { sourceId: ID })).toEqual([]);
  expect(context.warnings).toEqual([expect.stringContaining("said so")]);
});

test("a sync that is done fails on no rule, unless what would be sent changes", async () => {
  const olds = { sourceId: ID, objectKey: "outside/a", customId: "" };
  const context = contextOf(new ResponseError("said so", 404));
  expect(await check(context, "urn", olds, { ...olds, cancelOnDelete: false })).toEqual([]);
  expect(await check(context, "urn", olds, { ...olds, objectKey: "outside/b" })).toHaveLength(1);
});
