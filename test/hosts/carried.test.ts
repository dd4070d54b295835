import * as fc from "fast-check";
import { carriedBy, withUrn } from "../../src/hosts/dynamic/carried.js";
import { carriedUrn, PREVIEW_MARK } from "../../src/model/carried-urn.js";

const TYPE = "pulumi-nodejs:dynamic/chroma-sync:Invocation";

test("a URN comes as it was, whatever its name and its parents, and says whether it is a preview", () => {
  const part = fc.stringMatching(/^[A-Za-z][\w-]*$/);
  const urns = fc
    .tuple(part, part, fc.array(part), fc.string({ unit: "grapheme", minLength: 1 }))
    .map(([stack, project, parents, name]) =>
      [`urn:pulumi:${stack}`, project, [...parents, TYPE].join("$"), name].join("::"),
    );
  fc.assert(
    fc.property(urns, fc.boolean(), (urn, isPreview) => {
      const text = [carriedUrn(urn, TYPE), "formerDigest"].join(" ") + (isPreview ? PREVIEW_MARK : "");
      const carried = carriedBy({ __urn: text, __provider: "p", a: 1 }, TYPE);
      expect(carried).toMatchObject({ urn, former: ["formerDigest"], isPreview, inputs: { a: 1 } });
      // The engine compares what a preview and an update send.
      expect(carried.sent.__urn).not.toContain(PREVIEW_MARK);
      expect(carriedBy(withUrn({}, carried.sent), TYPE).urn).toBe(urn);
    }),
  );
});

test("a URN is carried in few bytes, and that of another type whole", () => {
  expect(carriedUrn(`urn:pulumi:dev::shop::${TYPE}::docs`, TYPE)).toBe("dev::shop::::docs");
  const other = "urn:pulumi:dev::shop::a:b:C::docs";
  expect(carriedBy({ __urn: carriedUrn(other, TYPE) }, TYPE).urn).toBe(other);
});

test("what older state carries is read as it was: a digest, a whole URN, nothing", () => {
  const urn = `urn:pulumi:dev::shop::${TYPE}::docs`;
  expect(carriedBy({ __urn: `${urn} former` }, TYPE)).toMatchObject({ urn, former: ["former"] });
  expect(carriedBy({ __urn: "abcdefghijkl" }, TYPE)).toMatchObject({ urn: "abcdefghijkl", former: [] });
  expect(carriedBy({ a: 1 }, TYPE)).toMatchObject({ urn: "", inputs: { a: 1 } });
  expect(withUrn({ a: 1 }, {})).toEqual({ a: 1 });
});
