import * as pulumi from "@pulumi/pulumi";
import { plainValues, requirePlainValues } from "../../sdk/dynamic/plain-values.js";
import { PROVIDER_TEXTS } from "../../sdk/dynamic/provider-text.js";

test("there are six providers", () => {
  expect(Object.keys(PROVIDER_TEXTS)).toEqual([
    "invocation",
    "batch",
    "source",
    "file",
    "files",
    "collection",
  ]);
});

test.each(
  Object.entries(PROVIDER_TEXTS),
)("the text of %s is the same forever, and under 120 bytes", (name, text) => {
  expect(text).toBe(
    `exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").${name}`,
  );
  expect(Buffer.byteLength(text)).toBeLessThan(120);
});

const RESOURCE = 'ChromaSyncInvocation "docs"';
const cycle: Record<string, unknown> = {};
cycle.again = cycle;
test.each([
  [{ metadata: { n: Number.NaN } }, "args.metadata.n is NaN"],
  [{ metadata: { n: Number.POSITIVE_INFINITY } }, "args.metadata.n is Infinity"],
  [{ metadata: { n: 2 ** 53 } }, "args.metadata.n is an integer too large"],
  [{ triggers: [new Date(0)] }, "args.triggers[0] is a Date"],
  [{ metadata: new Map() }, "args.metadata is a Map"],
  [{ triggers: [1n] }, "args.triggers[0] is a BigInt"],
  [{ triggers: [1, undefined] }, "args.triggers[1] is undefined"],
  [{ triggers: [() => 1] }, "args.triggers[0] is a function"],
  [{ metadata: cycle }, "args.metadata.again refers back"],
  [{ objectKey: `docs/${textOf(pulumi.output("a"))}` }, "args.objectKey is the text of an Output"],
  [
    { metadata: { text: JSON.stringify({ a: pulumi.output("a") }) } },
    "args.metadata.text is the text of an Output",
  ],
  [
    { metadata: { [textOf(pulumi.output("a"))]: 1 } },
    "args.metadata has a key that is the text of an Output",
  ],
  [{ objects: [{ objectKey: "a\0b" }] }, "args.objects[0].objectKey holds a NUL character"],
  [{ customId: "a\ud800" }, "args.customId holds half of a surrogate pair"],
])("%p is refused with its path", (args, message) => {
  expect(() => requirePlainValues(args, "args", RESOURCE)).toThrow(`${RESOURCE}: ${message}`);
  expect(() => requirePlainValues(args, "args", RESOURCE)).toThrow(TypeError);
});

/** What a program gets that puts an Output into a template. */
function textOf(output: pulumi.Output<string>): string {
  return String(output);
}

test.each([
  ["NaN", Number.NaN, "args.metadata.late is NaN"],
  ["Infinity", { deep: [Number.POSITIVE_INFINITY] }, "args.metadata.late.deep[0] is Infinity"],
  ["a large integer", 2 ** 60, "args.metadata.late is an integer too large"],
  ["a Map", new Map([["a", 1]]), "args.metadata.late is a Map"],
  ["a Date", new Date(0), "args.metadata.late is a Date"],
  ["a NUL", "a\0", "args.metadata.late holds a NUL"],
  ["half a pair", "\udc00", "args.metadata.late holds half of a surrogate pair"],
  ["another Output's text", textOf(pulumi.output("a")), "args.metadata.late is the text of an Output"],
])("%s that arrives through an Output or a promise is refused with its path", async (_what, value, message) => {
  const later = pulumi.output("x").apply(() => value as never);
  const through = (awaited: unknown) =>
    plainValues({ metadata: { late: awaited } }, "args", RESOURCE).metadata.late;
  expect(await reasonOf(through(later))).toContain(message);
  await expect(through(Promise.resolve(value))).rejects.toThrow(message);
  const nested = through(Promise.resolve({ in: [later] })) as Promise<{ in: unknown[] }>;
  expect(await reasonOf((await nested).in[0])).toMatch(
    /^ChromaSyncInvocation "docs": args\.metadata\.late\.in\[0\]/,
  );
});

/** Why an Output has no value; it tells that by several promises, none of which may be left alone. */
async function reasonOf(output: unknown): Promise<string> {
  const { isKnown, isSecret, ...inner } = output as Record<"isKnown" | "isSecret", Promise<unknown>>;
  const { promise, allResources } = inner as unknown as Record<string, () => Promise<unknown>>;
  const [ended] = await Promise.allSettled([promise!(), allResources!(), isKnown, isSecret]);
  return ended!.status === "rejected" ? (ended!.reason as Error).message : "it has one";
}

test("what is awaited keeps its value and its secrecy, and what holds none is not copied", async () => {
  const objects = [{ objectKey: "a" }, { objectKey: "😀" }];
  const args = { objects, key: pulumi.secret("s"), promise: Promise.resolve(1) };
  const checked = plainValues(args, "args", RESOURCE);
  expect(checked.objects).toBe(objects);
  const key = checked.key as unknown as { promise(): Promise<string>; isSecret: Promise<boolean> };
  expect([await key.promise(), await key.isSecret, await checked.promise]).toEqual(["s", true, 1]);
  expect(plainValues(objects, "args", RESOURCE)).toBe(objects);
});

test("every value that is refused is named, the first 20 and then a count", () => {
  const objects = Array.from({ length: 23 }, (_, index) => ({
    objectKey: "a",
    metadata: { n: Number.NaN, index },
  }));
  const lines = messageOf(() => requirePlainValues({ objects }, "args", RESOURCE)).split("\n");
  expect(lines[0]).toBe(`${RESOURCE} has 23 arguments that cannot be used:`);
  expect(lines[1]).toMatch(/^ {2}args\.objects\[0\]\.metadata\.n is NaN/);
  expect(lines[20]).toMatch(/^ {2}args\.objects\[19\]\.metadata\.n is NaN/);
  expect(lines.slice(21)).toEqual(["  and 3 more"]);
});

function messageOf(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it passed");
}

test("plain values, outputs to come and absent ones pass", () => {
  const shared = { a: 1 };
  const args = {
    a: undefined,
    b: null,
    c: [1, "x", { d: true }],
    e: Promise.resolve(1),
    f: shared,
    g: shared,
  };
  expect(() => requirePlainValues(args, "args", RESOURCE)).not.toThrow();
});
