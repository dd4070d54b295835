import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { collectionNameFor } from "../../sdk/index.js";
import { collectionNameProblem } from "../../src/model/collection-name.js";

const SHA = "3f786850e387550fdab836ed7e6dc881de23001b";

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length })
    .map((all) => all.join(""));
const prefix = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/).filter((text) => !text.includes("..")),
  fc.constantFrom("a", "docs", "docs-v2", "10.0.0.1", "x".repeat(63)),
);
const ref = fc.oneof(
  hex(40),
  hex(64),
  fc.string({ minLength: 1, maxLength: 300, unit: "binary" }),
  fc.constantFrom(
    "main",
    "v2-main",
    "feature/x",
    "feature-x",
    "feature_x",
    "a..b",
    "日本",
    "-",
    "..",
    "x".repeat(400),
  ),
);

test("every name is one that a collection can have", () => {
  fc.assert(
    fc.property(prefix, ref, (before, after) => {
      expect(collectionNameProblem(collectionNameFor(before, after))).toBeUndefined();
    }),
  );
});

test("two pairs of prefix and ref never share a name", () => {
  const pair = fc.tuple(prefix, ref);
  fc.assert(
    fc.property(pair, pair, (one, other) => {
      fc.pre(one.join("\0") !== other.join("\0"));
      expect(collectionNameFor(...one)).not.toBe(collectionNameFor(...other));
    }),
    { numRuns: 2000 },
  );
});

// The next ones are what a careless form would mix up.
type Arguments = [prefix: string, ref: string];
test.each<[string, Arguments, Arguments]>([
  ["where prefix and ref meet", ["docs", "v2-main"], ["docs-v2", "main"]],
  ["characters that a name cannot hold", ["docs", "feature/x"], ["docs", "feature-x"]],
  ["what is cut off", ["docs", `${"x".repeat(300)}a`], ["docs", `${"x".repeat(300)}b`]],
  [
    "a branch named like a hashed one",
    ["docs", "main"],
    ["docs", collectionNameFor("docs", "main").slice(5)],
  ],
  ["a commit and its short id", ["docs", SHA], ["docs", SHA.slice(0, 12)]],
])("%s does not collide", (_, one, other) => {
  expect(collectionNameFor(...one)).not.toBe(collectionNameFor(...other));
});

// Users' collections have these names: another form would sync everything again.
test.each([
  ["code", SHA, `code-${SHA}`],
  ["code", SHA.toUpperCase(), `code-${SHA}`],
  ["code", "main", "code-main-b523145b3e208308"],
  ["code", "feature/x", "code-feature-x-c89bca2b01e2c67c"],
])("collectionNameFor(%p, %p) is %p forever", (before, after, name) => {
  expect(collectionNameFor(before, after)).toBe(name);
});

test("the longest commit id stands whole behind the longest prefix", () => {
  const name = collectionNameFor("p".repeat(63), "a".repeat(64));
  expect(name).toBe(`${"p".repeat(63)}-${"a".repeat(64)}`);
  expect(Buffer.byteLength(name)).toBe(128);
});

test.each(["", "-docs", "a..b", "docs/v2", "é", "p".repeat(64)])("the prefix %p is refused", (wrong) => {
  expect(() => collectionNameFor(wrong, SHA)).toThrow(/cannot begin a collection's name with .*use 1 to 63/);
});

test("an empty ref is refused", () => {
  expect(() => collectionNameFor("docs", "")).toThrow("got no ref");
});

test("the name of an Output or a promise is an Output", async () => {
  for (const later of [pulumi.output(SHA), Promise.resolve(SHA)]) {
    const name = collectionNameFor("docs", later);
    expect(pulumi.Output.isInstance(name)).toBe(true);
    expect(await new Promise((resolve) => name.apply(resolve))).toBe(`docs-${SHA}`);
  }
});
