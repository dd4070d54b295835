import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");
/** What each room may import from the others. */
const MAY: Record<string, string[]> = {
  sdk: [],
  "src/provider": ["src/api"],
  "src/lookups": ["src/provider", "src/api"],
  "src/api": [],
  "src/emulator": [],
  "src/policy": [],
};
/** What programs and policies may load of the provider: text alone, with no schema and no HTTP. */
const PURE: Record<string, string[]> = {
  sdk: ["src/provider/batch/text.js"],
  "src/policy": ["src/provider/batch/text.js", "src/provider/collection-name.js"],
};
const PACKAGES: Record<string, RegExp> = {
  sdk: /^(@pulumi\/pulumi|node:.*)$/,
  "src/provider": /^(zod|node:.*)$/,
  "src/lookups": /^(node:.*)$/,
  "src/api": /^(undici|zod|node:.*)$/,
  "src/emulator": /^(zod|re2js|htmlparser2|@fastify\/busboy|node:.*)$/,
  "src/policy": /^@pulumi\/policy$/,
};

const files = Object.keys(MAY).flatMap((room) =>
  fs
    .readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ room, file: path.posix.join(room, name) })),
);

test.each(files)("$file imports only what its room may", ({ room, file }) => {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  for (const [, name] of text.matchAll(/^(?:import|export)\s(?:[^;"']*?\sfrom\s+)?"([^"]+)";/gm)) {
    if (!name!.startsWith(".")) {
      const adapter = file.startsWith("src/provider/host/") && name === "@pulumi/pulumi";
      if (!adapter) expect(name).toMatch(PACKAGES[room]!);
      continue;
    }
    const target = path.posix.join(path.posix.dirname(file), name!);
    const allowed =
      [room, ...MAY[room]!].some((other) => target.startsWith(`${other}/`)) || PURE[room]?.includes(target);
    expect({ target, allowed }).toEqual({ target, allowed: true });
  }
});
