import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "../..");
const PREFIX = "chroma-sync-packed-";
const KEPT_MS = 24 * 3600_000;
/** All that decides what the tarball holds, and what is installed beside it. */
const SOURCES = [
  "sdk",
  "src",
  "policy-pack",
  "console",
  "plugin",
  "test/support/pack.ts",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "schema.json",
];
const PAGES = ["README.md", "CHANGELOG.md", "LICENSE", "SKILL.md"];
const BESIDE = ["@pulumi/pulumi", "@pulumi/policy", "chromadb", "typescript", "@types/node"];

const npm = (folder: string, ...args: string[]) =>
  execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });

/**
 * Packs the package and installs the tarball into a folder of its own, outside of the checkout, as a user
 * would. The folder is used again until a source changes.
 */
export default function pack(): void {
  const engine = execFileSync(process.execPath, [path.join(root, "test/support/engine/engine.mjs")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.env.ENGINE_FOLDER = engine.trim().split("\n").at(-1)!;
  const folder = path.join(os.tmpdir(), PREFIX + digestOfSources());
  if (!fs.existsSync(folder)) install(folder);
  fs.utimesSync(folder, new Date(), new Date());
  removeOld();
  process.env.PACKED_PROJECT = folder;
}

/** Of two runs at once each makes a folder, and one of them is kept. */
function install(folder: string): void {
  const own = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}new-`));
  const [packed] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", own));
  fs.writeFileSync(path.join(own, "package.json"), JSON.stringify({ private: true }));
  const beside = BESIDE.map((name) => `${name}@${versionOf(name)}`);
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--omit=optional"];
  npm(own, "install", ...quiet, `./${packed.filename}`, ...beside);
  packPlugin(path.join(own, "plugin"));
  try {
    fs.renameSync(own, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
    fs.rmSync(own, { recursive: true });
  }
}

/** The plugin as one file, and what starts it by the name that the engine looks for. */
function packPlugin(folder: string): void {
  const file = path.join(folder, "plugin.cjs");
  execFileSync(process.execPath, [path.join(root, "plugin/bundle.mjs"), file], { stdio: "inherit" });
  const launcher = path.join(folder, "pulumi-resource-chroma-sync");
  // The node of whoever runs it: a folder outlives the checkout that made it.
  const script = `#!/bin/sh\nexec node "$(dirname "$0")/plugin.cjs" "$@"\n`;
  fs.writeFileSync(launcher, script, { mode: 0o755 });
}

function digestOfSources(): string {
  const hash = createHash("sha256");
  const add = (file: string) => {
    if (fs.statSync(file).isFile())
      return hash.update(`${path.relative(root, file)}\0`).update(fs.readFileSync(file));
    for (const name of fs.readdirSync(file).sort()) add(path.join(file, name));
  };
  for (const name of [...SOURCES, ...PAGES]) add(path.join(root, name));
  // The plugin is started by this Node.
  hash.update([process.version, process.execPath, ...BESIDE.map(versionOf)].join("\n"));
  return hash.digest("hex").slice(0, 16);
}

/** Removes folders unused for a day. */
function removeOld(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const folder = path.join(os.tmpdir(), name);
    const isOld = () => Date.now() - fs.statSync(folder).mtimeMs > KEPT_MS;
    if (name.startsWith(PREFIX) && isOld()) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** PULUMI_SDK runs the same tests under another version of the SDK. */
function versionOf(name: string): string {
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  return (name === "@pulumi/pulumi" && process.env.PULUMI_SDK) || devDependencies[name];
}
