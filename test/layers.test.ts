import * as fs from "node:fs";
import * as path from "node:path";
import { FILES, ROOMS, roomOf } from "./support/rooms.js";

const root = path.join(__dirname, "..");

/** What a file imports, by a name that is a path from the root for its own files. */
function importsOf(file: string): { name: string; isLazy: boolean }[] {
  // Examples in comments import what they show.
  const text = fs.readFileSync(path.join(root, file), "utf8").replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  const found = (pattern: RegExp, isLazy: boolean) =>
    [...text.matchAll(pattern)].map(([, name]) => ({
      name: name!.startsWith(".") ? path.posix.join(path.posix.dirname(file), name!) : name!,
      isLazy,
    }));
  return [
    ...found(/^(?:import|export)\s(?:[^;"']*?\sfrom\s+)?"([^"]+)";/gm, false),
    ...found(/\b(?:require|require\.resolve|import)\(\s*"([^"]+)"\s*\)/g, true),
  ];
}

test.each(FILES)("%s imports only what its room may", (file) => {
  const room = roomOf(file);
  const { rooms, packages } = ROOMS[room]!;
  const isOutside = ({ name, isLazy }: { name: string; isLazy: boolean }) => {
    if (isLazy && Object.values(ROOMS).some(({ lazily }) => lazily?.[file]?.test(name))) return false;
    const isOwn = name.startsWith("sdk/") || name.startsWith("src/");
    return isOwn ? ![room, ...rooms].includes(roomOf(name)) : !packages.test(name);
  };
  expect(importsOf(file).filter(isOutside)).toEqual([]);
});

test("there is no circle of imports, types and lazy ones included", () => {
  const left = new Map(
    FILES.map((file) => [file, importsOf(file).map(({ name }) => name.replace(/\.js$/, ".ts"))]),
  );
  // Takes away what imports nothing that is left: circles, and what leads into them, stay.
  for (let size = 0; size !== left.size; ) {
    size = left.size;
    for (const [file, names] of left) if (!names.some((name) => left.has(name))) left.delete(file);
  }
  expect([...left.keys()]).toEqual([]);
});

test("what is loaded lazily is loaded", () => {
  for (const { lazily = {} } of Object.values(ROOMS))
    for (const [file, pattern] of Object.entries(lazily))
      expect(importsOf(file)).toContainEqual({ name: expect.stringMatching(pattern), isLazy: true });
});
