import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "../..");
const npm = (folder: string, ...args: string[]) =>
  execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });

/** Packs the package and installs the tarball into an empty directory, once for all engine tests. */
export default function pack(): void {
  execFileSync(process.execPath, [path.join(root, "test/engine/engine.mjs")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-packed-"));
  const [packed] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", folder));
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  npm(
    folder,
    ...["install", "--no-audit", "--no-fund", "--prefer-offline", "--omit=optional", `./${packed.filename}`],
    ...["@pulumi/pulumi", "@pulumi/policy", "chromadb", "typescript", "@types/node"].map(
      (name) => `${name}@${versionOf(name, devDependencies)}`,
    ),
  );
  packPlugin(path.join(folder, "plugin"));
  process.env.PACKED_PROJECT = folder;
}

/** The plugin as one file, and what starts it by the name that the engine looks for. */
function packPlugin(folder: string): void {
  const file = path.join(folder, "plugin.cjs");
  execFileSync(process.execPath, [path.join(root, "plugin/bundle.mjs"), file], { stdio: "inherit" });
  const launcher = path.join(folder, "pulumi-resource-chroma-sync");
  fs.writeFileSync(launcher, `#!/bin/sh\nexec ${process.execPath} ${file} "$@"\n`, { mode: 0o755 });
}

/** PULUMI_SDK runs the same tests under another version of the SDK. */
function versionOf(name: string, devDependencies: Record<string, string>): string {
  return (name === "@pulumi/pulumi" && process.env.PULUMI_SDK) || devDependencies[name]!;
}
