import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");

interface Room {
  /** Rooms that it may import from. */
  rooms: string[];
  /** Packages that it may import. */
  packages: RegExp;
  /** What single files of it load only when they need it. */
  lazily?: Record<string, RegExp>;
}

/** Imports point one way: towards `src/model` and `src/api`. */
const ROOMS: Record<string, Room> = {
  sdk: {
    rooms: ["src/model"],
    packages: /^(@pulumi\/pulumi|node:.*)$/,
    lazily: {
      "sdk/lookups/ask.ts": /^src\/lookups\/index\.js$/,
      "sdk/refs/git-commit.ts": /^env-ci$/,
      "sdk/dynamic/witness.ts": /^src\/provider\/journal\/confirm\.js$/,
      "sdk/dynamic/urn.ts": /^@pulumi\/pulumi\/resource$/,
      // Text, which the process of the provider runs.
      "sdk/dynamic/provider-text.ts": /^module$/,
    },
  },
  "src/model": { rooms: [], packages: /^node:.*$/ },
  "src/provider": {
    rooms: ["src/model", "src/api"],
    packages: /^(zod|node:.*)$/,
    lazily: { "src/provider/collection/chroma.ts": /^chromadb$/ },
  },
  "src/hosts": {
    rooms: ["src/provider", "src/model", "src/api"],
    packages: /^node:.*$/,
    lazily: {
      "src/hosts/dynamic/cancel.ts": /^google-protobuf\//,
      "src/hosts/dynamic/engine.ts": /^(@grpc\/grpc-js|@pulumi\/pulumi\/proto\/.*)$/,
    },
  },
  "src/hosts/dynamic": {
    rooms: ["src/hosts", "src/provider", "src/model", "src/api"],
    packages: /^(@pulumi\/pulumi|node:.*)$/,
  },
  // Only the messages: the whole SDK takes most of a second to load.
  "src/hosts/plugin": {
    rooms: ["src/hosts", "src/lookups", "src/provider", "src/model", "src/api"],
    packages: /^(@grpc\/grpc-js|google-protobuf\/.*|@pulumi\/pulumi\/proto\/.*|schema\.json)$/,
  },
  "src/lookups": { rooms: ["src/provider", "src/api"], packages: /^node:.*$/ },
  "src/api": { rooms: [], packages: /^(undici|zod|node:.*)$/ },
  "src/emulator": {
    rooms: [],
    packages: /^(zod|node:.*)$/,
    lazily: { "src/emulator/sync/chroma.ts": /^chromadb$/ },
  },
  "src/policy": { rooms: ["src/model"], packages: /^@pulumi\/policy$/ },
};

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
