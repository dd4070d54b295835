import * as fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { toPlain, toStruct } from "../../src/hosts/plugin/struct.js";
import { holdsUnknown, UNKNOWN } from "../../src/model/unknown.js";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
const overTheWire = (properties: object) =>
  toPlain(Struct.deserializeBinary(toStruct(properties).serializeBinary()));

test("what JSON can say comes back as it was", () => {
  const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4, noUnicodeString: false }));
  fc.assert(
    fc.property(value, (properties) => {
      const text = JSON.stringify(properties);
      fc.pre(!text.includes('"__proto__":'));
      const sent = JSON.parse(text);
      expect(overTheWire(sent)).toEqual(sent);
    }),
    { numRuns: 200 },
  );
});

test("a key that objects have by themselves is data, and pollutes nothing", () => {
  const metadata = JSON.parse('{"__proto__": {"polluted": true}, "constructor": "c", "hasOwnProperty": 1}');
  const back = overTheWire({ metadata }).metadata as object;
  // The one key that google-protobuf's maps do not keep.
  expect(Object.entries(back)).toEqual([
    ["constructor", "c"],
    ["hasOwnProperty", 1],
  ]);
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
});

test("secrets are what they hold, at any depth", () => {
  const properties = { a: secret("s"), b: [secret({ c: secret(1) })], d: { e: secret(null) } };
  expect(overTheWire(properties)).toEqual({ a: "s", b: [{ c: 1 }], d: { e: null } });
});

test("outputs are what they hold, or not known yet", () => {
  const output = (fields: object) => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...fields });
  const properties = { a: output({ value: "v", secret: true }), b: output({}), c: output({ value: null }) };
  expect(overTheWire(properties)).toEqual({ a: "v", b: UNKNOWN, c: null });
});

test.each([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
])("the engine's %s is the one unknown of the rules", (one) => {
  const back = overTheWire({ a: { b: [one] }, c: secret(one) });
  expect(back).toEqual({ a: { b: [UNKNOWN] }, c: UNKNOWN });
  expect(holdsUnknown(back)).toBe(true);
});

test("what is undefined is left out, and null in a list", () => {
  expect(overTheWire({ a: undefined, b: { c: undefined }, d: [undefined, 1] })).toEqual({
    b: {},
    d: [null, 1],
  });
});

test("nothing at all is no properties", () => {
  expect(toPlain(undefined)).toEqual({});
});

test("assets are what they name, without the digest of the engine", () => {
  const asset = (value: object) => ({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", hash: "0", ...value });
  expect(overTheWire({ file: asset({ path: "a.md" }) })).toEqual({ file: { path: "a.md" } });
  expect(overTheWire({ file: asset({ text: "" }) })).toEqual({ file: { text: "" } });
  expect(overTheWire({ file: asset({ uri: "https://a.example/b" }) })).toEqual({
    file: { uri: "https://a.example/b" },
  });
});
