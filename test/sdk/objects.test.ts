import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { RunError } from "@pulumi/pulumi";
import { objectsFromFolder, objectsFromResources } from "../../sdk/objects.js";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-objects-"));
  fs.mkdirSync(path.join(folder, "b/.git"), { recursive: true });
  for (const [name, text] of Object.entries({
    "b/two.md": "2",
    "a.md": "1",
    "b/.git/config": "x",
    "c.txt": "3",
  }))
    fs.writeFileSync(path.join(folder, name), text);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("a folder becomes objects in the order of their keys, hidden files aside", () => {
  const objects = objectsFromFolder(folder, { prefix: "docs/" });
  expect(objects.map(({ objectKey }) => objectKey)).toEqual(["docs/a.md", "docs/b/two.md", "docs/c.txt"]);
});

test("the version changes with the content alone", () => {
  const [before] = objectsFromFolder(folder);
  fs.utimesSync(path.join(folder, "a.md"), 1, 1);
  expect(objectsFromFolder(folder)[0]).toEqual(before);
  fs.writeFileSync(path.join(folder, "a.md"), "another");
  expect(objectsFromFolder(folder)[0]!.version).not.toBe(before!.version);
});

test("what is included is for the caller to say", () => {
  expect(objectsFromFolder(folder, { include: (file) => file.endsWith(".txt") })).toHaveLength(1);
});

test("resources of objects give their key and ETag", () => {
  expect(objectsFromResources([{ key: "a", etag: "e" }])).toEqual([{ objectKey: "a", version: "e" }]);
});

test.each([
  ["missing", /missing does not exist: pass a folder/],
  ["a.md", /a\.md is not a folder/],
])("%s is not a folder, which is one sentence", (name, message) => {
  const call = () => objectsFromFolder(path.join(folder, name));
  expect(call).toThrow(message);
  expect(call).toThrow(RunError);
});
