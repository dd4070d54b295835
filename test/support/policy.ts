import * as fs from "node:fs";
import * as path from "node:path";
import { enginePath, installedFolder } from "./project.js";

/**
 * Puts the package's ready pack beside a project, and a launcher for it on a PATH: the language host here
 * starts no packs, so the copy names a runtime of the test's own.
 */
export function policyPack(folder: string): { flags: string[]; PATH: string } {
  const pack = path.join(folder, "pack");
  fs.cpSync(path.join(installedFolder(), "node_modules/pulumi-chroma-sync/policy-pack"), pack, {
    recursive: true,
  });
  const manifest = path.join(pack, "PulumiPolicy.yaml");
  fs.writeFileSync(
    manifest,
    fs.readFileSync(manifest, "utf8").replace("runtime: nodejs", "runtime: ofthetest"),
  );
  const launchers = path.join(folder, "launchers");
  fs.mkdirSync(launchers, { recursive: true });
  const launcher = path.join(launchers, "pulumi-analyzer-policy-ofthetest");
  const runner = path.join(installedFolder(), "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
  fs.writeFileSync(launcher, `#!/bin/sh\nexec ${process.execPath} ${runner} "$@"\n`);
  fs.chmodSync(launcher, 0o755);
  return { flags: ["--policy-pack", pack], PATH: [launchers, enginePath()].join(path.delimiter) };
}
