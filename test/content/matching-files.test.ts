import fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { digestOfNamed } from "../../src/content/digest-of-files.js";
import { matchingFiles, slashed } from "../../src/content/matching-files.js";
import { filesBelow } from "../../src/content/walk.js";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-content-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(name: string, text = name): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

const names = (patterns: string[], exclude?: string[]) =>
  matchingFiles(
    patterns.map((pattern) => path.join(folder, pattern)),
    exclude,
  ).map(({ name }) => name);

test("a file, a folder and a glob match", () => {
  for (const name of ["docs/a.md", "docs/b/c.md", "docs/b/d.txt", "docs/.git/config", "other.md"])
    write(name);
  expect(names(["docs"])).toEqual(["a.md", "b/c.md", "b/d.txt"]);
  expect(names(["docs/**"])).toEqual(["a.md", "b/c.md", "b/d.txt"]);
  expect(names(["docs/**/*.md"])).toEqual(["a.md", "b/c.md"]);
  expect(names(["docs/*.md"])).toEqual(["a.md"]);
  expect(names(["docs/b/c.md"])).toEqual(["c.md"]);
  expect(names(["docs/{a,b/c}.md"])).toEqual(["a.md", "b/c.md"]);
  expect(names(["docs/.git/**"])).toEqual(["config"]);
});

test("several patterns share a folder, and their order does not count", () => {
  for (const name of ["docs/a.md", "src/a.md", "src/b.md"]) write(name);
  expect(names(["src", "docs/*"])).toEqual(["docs/a.md", "src/a.md", "src/b.md"]);
  expect(names(["docs/*", "src/**", "src/a.md"])).toEqual(["docs/a.md", "src/a.md", "src/b.md"]);
});

test("what is excluded is relative to the folder or to the program, with all below it", () => {
  for (const name of ["docs/a.md", "docs/drafts/b/c.md", "docs/d.tmp", "docs/e/f.tmp"]) write(name);
  const all = ["a.md", "d.tmp", "drafts/b/c.md", "e/f.tmp"];
  expect(names(["docs/**"], ["**/*.tmp"])).toEqual(["a.md", "drafts/b/c.md"]);
  expect(names(["docs/**"], ["*.tmp"])).toEqual(["a.md", "drafts/b/c.md", "e/f.tmp"]);
  for (const form of ["drafts", "drafts/", "drafts/**", "./drafts"])
    expect(names(["docs/**"], [form])).toEqual(["a.md", "d.tmp", "e/f.tmp"]);
  const fromHere = path.relative(process.cwd(), path.join(folder, "docs/drafts"));
  expect(names(["docs"], [slashed(fromHere)])).toEqual(["a.md", "d.tmp", "e/f.tmp"]);
  expect(names(["docs"], ["missing"])).toEqual(all);
});

test("an excluded folder is not looked into", () => {
  write("docs/a.md");
  write("docs/closed/b.md");
  const readdir = jest.spyOn(fs, "readdirSync");
  expect(names(["docs/**"], ["closed"])).toEqual(["a.md"]);
  expect(readdir.mock.calls.map(([place]) => path.basename(String(place)))).toEqual(["docs"]);
  readdir.mockRestore();
});

test.each([
  [["docs/*.pdf"], [], /No file matches ".*docs\/\*\.pdf": correct the pattern/],
  [["docs/a.md", "missing/**"], [], /missing does not exist: pass a folder/],
  [["docs/missing.md"], [], /No file matches ".*missing\.md"/],
  [["docs/**"], ["*.md"], /No file that is not excluded matches/],
])("%j without %j matches nothing, which is an error", (patterns, exclude, message) => {
  write("docs/a.md");
  expect(() => names(patterns, exclude)).toThrow(message);
});

test("a pattern that is empty or negated says what to do", () => {
  expect(() => matchingFiles([""])).toThrow("A pattern is empty");
  expect(() => matchingFiles(["!docs/**"])).toThrow("pass it as exclude");
});

test("links in a circle, out of the folder, to nothing or to folders are not followed; one to a file inside is", () => {
  write("outside.md");
  write("docs/a.md");
  write("docs/b/c.md");
  fs.mkdirSync(path.join(folder, "docs-two"));
  const link = (target: string, name: string) => fs.symlinkSync(target, path.join(folder, "docs", name));
  link("..", "loop");
  link(".", "b/self");
  link("circle-b", "circle-a");
  link("circle-a", "circle-b");
  link("missing", "dangling");
  link("../outside.md", "out");
  link("../../../../../../../../etc/hostname", "b/out");
  link("../docs-two", "out-folder");
  link("b/c.md", "inside");
  link(path.join(folder, "docs/a.md"), "absolute");
  expect(names(["docs/**"])).toEqual(["a.md", "absolute", "b/c.md", "inside"]);
  fs.symlinkSync("docs", path.join(folder, "alias"));
  expect(names(["alias/**"])).toEqual(["a.md", "absolute", "b/c.md", "inside"]);
});

test("the order is that of code units, whatever the locale and the file system", () => {
  const all = ["Z", "a", "ä", "a\u0308", "b", "é/x", "日本", "😀", "a-b", "a.b", "a b"];
  for (const name of all) write(name);
  expect(names(["."])).toEqual([...all].sort());
  expect([...all].sort()).not.toEqual([...all].sort(new Intl.Collator("de").compare));
});

test("a name that is no text is an error, since it cannot be opened by it", () => {
  write("a.md");
  fs.writeFileSync(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.from([0xff])]), "b");
  expect(() => names(["."])).toThrow(/name that is not UTF-8 text: rename the file, or exclude it/);
  expect(names(["."], ["b*"])).toEqual(["a.md"]);
});

test("the separators of Windows are those of a pattern", () => {
  expect(slashed("docs\\b\\c.md", "\\")).toBe("docs/b/c.md");
  expect(slashed("docs/a\\b.md", "/")).toBe("docs/a\\b.md");
});

test("a folder that is removed during the walk is not there", () => {
  write("a/b.md");
  write("c.md");
  const real = fs.readdirSync;
  const readdir = jest.spyOn(fs, "readdirSync").mockImplementation(((place: string, options: object) => {
    if (place.endsWith("/a/")) fs.rmSync(place, { recursive: true });
    return real(place, options as never);
  }) as never);
  expect(filesBelow(folder).map(({ name }) => name)).toEqual(["c.md"]);
  readdir.mockRestore();
});

test("no name can be taken for another one with bytes", () => {
  const one = digestOfNamed([{ name: "a", digest: "b1:c" }]);
  const two = digestOfNamed([
    { name: "a", digest: "b" },
    { name: "c", digest: "" },
  ]);
  const three = digestOfNamed([{ name: "ab", digest: "1:c" }]);
  expect(new Set([one, two, three]).size).toBe(3);
});
