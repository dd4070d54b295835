import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { installedFolder } from "./project.js";

const root = path.join(__dirname, "../..");

/** Whether a toolchain is on this machine; says so on a line of its own if it is not. */
export function has(command: string, ...args: string[]): boolean {
  const found = spawnSync(command, args, { stdio: "ignore" }).status === 0;
  if (!found) console.warn(`skipped: ${command} is not on this machine`);
  return found;
}

/** The folder with the generated SDKs, of Node compiled and of Python installed beside it. Takes Go. */
export const sdksFolder = (() => {
  let found: string | undefined;
  return () => {
    found ??= execFileSync(process.execPath, [path.join(root, "test/support/engine/sdks.mjs")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    }).trim();
    return found;
  };
})();

/** Puts the packages that TypeScript programs of the plugin import into a project, beside the dynamic ones. */
export function installNodeSdk(folder: string): void {
  const modules = path.join(folder, "node_modules");
  const installed = path.join(installedFolder(), "node_modules");
  fs.rmSync(modules, { force: true });
  fs.mkdirSync(modules);
  for (const name of fs.readdirSync(installed))
    fs.symlinkSync(path.join(installed, name), path.join(modules, name));
  // A copy: from here it finds the program's own Pulumi.
  fs.cpSync(path.join(sdksFolder(), "nodejs/bin"), path.join(modules, "pulumi-chroma-sync-sdk"), {
    recursive: true,
  });
}
