import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "../..");

/** A folder of sources with one purpose. */
export interface Room {
  /** What it holds, for docs/architecture.md. */
  holds: string;
  /** Rooms that it may import from. */
  rooms: string[];
  /** Packages that it may import. */
  packages: RegExp;
  /** What single files of it load only when they need it. */
  lazily?: Record<string, RegExp>;
}

/** Imports point one way: towards `src/model` and `src/api`. */
export const ROOMS: Record<string, Room> = {
  sdk: {
    holds:
      "what a program imports: resource classes over one base (`dynamic/`), components, lookups, refs and names",
    rooms: ["src/model"],
    packages: /^(@pulumi\/pulumi|node:.*)$/,
    lazily: {
      "sdk/local-content.ts": /^src\/content\/index\.js$/,
      "sdk/lookups/ask.ts": /^src\/lookups\/index\.js$/,
      "sdk/refs/git-commit.ts": /^env-ci$/,
      "sdk/dynamic/witness.ts": /^src\/provider\/journal\/confirm\.js$/,
      "sdk/dynamic/urn.ts": /^@pulumi\/pulumi\/resource$/,
      // Text, which the process of the provider runs.
      "sdk/dynamic/provider-text.ts": /^module$/,
    },
  },
  "src/model": {
    holds: "words that sdk, policy and provider share: pure functions and constants, no effect",
    rooms: [],
    packages: /^node:.*$/,
  },
  "src/content": {
    holds: "files of this machine: which are meant, and one digest of their names and bytes",
    rooms: [],
    packages: /^(picomatch|node:.*)$/,
  },
  "src/provider": {
    holds: "the core: everything that decides what is sent, what is kept and what is said; knows no host",
    rooms: ["src/model", "src/content", "src/api"],
    packages: /^(fastest-levenshtein|zod|node:.*)$/,
    lazily: { "src/provider/collection/chroma.ts": /^chromadb$/ },
  },
  "src/hosts": {
    holds: "processes that run the core: what they share",
    rooms: ["src/provider", "src/model", "src/api"],
    packages: /^node:.*$/,
    lazily: {
      "src/hosts/dynamic/cancel.ts": /^google-protobuf\//,
      "src/hosts/dynamic/engine.ts": /^(@grpc\/grpc-js|@pulumi\/pulumi\/proto\/.*)$/,
    },
  },
  "src/hosts/dynamic": {
    holds: "the engine's dynamic host for Node programs; state names its entry `./dynamic`",
    rooms: ["src/hosts", "src/provider", "src/model", "src/api"],
    packages: /^(@pulumi\/pulumi|node:.*)$/,
  },
  "src/hosts/plugin": {
    holds: "the plugin for programs in every language: gRPC on Pulumi's own messages, never the whole SDK",
    rooms: ["src/hosts", "src/lookups", "src/provider", "src/model", "src/api"],
    packages: /^(@grpc\/grpc-js|google-protobuf\/.*|@pulumi\/pulumi\/proto\/.*|schema\.json)$/,
  },
  "src/lookups": {
    holds: "reads for programs: sources and invocations by what they are",
    rooms: ["src/provider", "src/model", "src/api"],
    packages: /^node:.*$/,
  },
  "src/api": {
    holds: "typed client of the service: wire schemas, requests, errors and what they mean",
    rooms: [],
    packages: /^(undici|zod|node:.*)$/,
  },
  "src/client": {
    holds: "the client as programs use it: camelCase over `src/api`, waits, files from memory",
    rooms: ["src/api"],
    packages: /^node:.*$/,
  },
  "src/emulator": {
    holds: "the service as a program, for tests and for trying; shares no code with the provider on purpose",
    rooms: [],
    packages: /^(zod|picomatch|re2js|htmlparser2|@fastify\/busboy|node:.*)$/,
    lazily: {
      "src/emulator/sync/chroma.ts": /^chromadb$/,
      "src/emulator/sync/parsers.ts": /^@vscode\/tree-sitter-wasm$/,
    },
  },
  "src/policy": {
    holds: "rules for policy packs, and the pack",
    rooms: ["src/model"],
    packages: /^@pulumi\/policy$/,
  },
};

/** The sources, by their paths from the root. */
export const FILES = ["sdk", "src"].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.posix.join(folder, name)),
);

/** The innermost room that a file is in. */
export function roomOf(file: string): string {
  const [room] = Object.keys(ROOMS)
    .filter((name) => file.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length);
  if (room === undefined) throw new Error(`${file} is in no room`);
  return room;
}

/** How many lines a room has, those of rooms within it aside. */
export function linesOf(room: string): number {
  const lines = (file: string) => fs.readFileSync(path.join(root, file), "utf8").split("\n").length - 1;
  return FILES.filter((file) => roomOf(file) === room).reduce((sum, file) => sum + lines(file), 0);
}
