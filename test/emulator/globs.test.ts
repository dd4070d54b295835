import * as fc from "fast-check";
import picomatch from "picomatch";
import { globFilter } from "../../src/emulator/sync/globs.js";

test("no glob takes long", () => {
  const begun = Date.now();
  for (const glob of [`${"*a".repeat(200)}b`, `${"**/*a/".repeat(100)}b`, `${"{a,aa}".repeat(20)}b`])
    expect(globFilter([glob])(`${"a".repeat(3000)}/${"a".repeat(1000)}`)).toBe(false);
  expect(Date.now() - begun).toBeLessThan(10_000);
});

test("paths of a repository match as picomatch has it", () => {
  const name = fc.stringMatching(/^[ab.]{1,4}$/).filter((one) => !/^\.{1,2}$/.test(one));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
  const part = fc.constantFrom("*", "**", "a", "b*", "?", "*.a", ".b", "[ab]", "[!a]*", "{a,b}", "a*b", "!a");
  const glob = fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(glob, path, (one, file) => {
      const theirs = picomatch(one, { dot: true, noextglob: true, nonegate: true });
      expect({ one, file, matches: globFilter([one])(file) }).toEqual({ one, file, matches: theirs(file) });
    }),
    { numRuns: 5000 },
  );
});

test.each([
  "[",
  "a/[z-a]",
  "(",
  "a/(b",
])("%j does not crash: it matches by its letters, or is refused in words", (glob) => {
  try {
    expect(globFilter([glob])("a.md")).toBe(false);
  } catch (error) {
    expect((error as Error).message).toBe(`${JSON.stringify(glob)} is not a glob that can be matched`);
  }
});
