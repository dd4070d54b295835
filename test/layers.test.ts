import * as fs from "node:fs";
import * as path from "node:path";
import { ROOMS } from "./support/rooms.js";

const root = path.join(__dirname, "..");

const FILES = ["sdk", "src"].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.posix.join(folder, name)),
);

/** The innermost room that a file is in. */
function roomOf(file: string): string {
  const [room] = Object.keys(ROOMS)
    .filter((name) => file.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length);
  if (room === undefined) throw new Error(`${file} is in no room`);
  return room;
}

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

test("what is loaded lazily is loaded", () => {
  for (const { lazily = {} } of Object.values(ROOMS))
    for (const [file, pattern] of Object.entries(lazily))
      expect(importsOf(file)).toContainEqual({ name: expect.stringMatching(pattern), isLazy: true });
});
