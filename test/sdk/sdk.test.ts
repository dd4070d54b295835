import { requirePlainValues } from "../../sdk/dynamic/plain-values.js";
import {
  BATCH_PROVIDER_TEXT,
  COLLECTION_PROVIDER_TEXT,
  PROVIDER_TEXT,
  SOURCE_PROVIDER_TEXT,
} from "../../sdk/dynamic/provider-text.js";

test.each([
  [PROVIDER_TEXT, "invocation"],
  [SOURCE_PROVIDER_TEXT, "source"],
  [BATCH_PROVIDER_TEXT, "batch"],
  [COLLECTION_PROVIDER_TEXT, "collection"],
])("the provider's text is the same for ever, and under 120 bytes: %s", (text, name) => {
  expect(text).toBe(
    `exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").${name}`,
  );
  expect(Buffer.byteLength(text)).toBeLessThan(120);
});

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
])("%p is refused with its path", (args, message) => {
  expect(() => requirePlainValues(args, "args")).toThrow(message);
  expect(() => requirePlainValues(args, "args")).toThrow(TypeError);
});

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
  expect(() => requirePlainValues(args, "args")).not.toThrow();
});
