// Packs the SDKs that registries hold: Node's compiled into a tarball, Python's as a wheel. Go's is in the
// repository; C#'s and Java's users make theirs with `pulumi package add`. Takes Go and Python.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const run = (cwd, command, ...args) => execFileSync(command, args, { cwd, stdio: "inherit" });

/** Writes both into folders of `out`, which are named for their registries. */
export function packSdks(out) {
  const root = process.cwd();
  run(root, "node", "codegen/sdks.mjs");
  const changed = execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" });
  if (changed) throw new Error(`The SDK of Go is not what the schema gives: npm run sdks\n${changed}`);
  packNode(path.join(root, "dist-sdk/nodejs"), path.join(root, out, "npm"));
  packPython(path.join(root, "dist-sdk/python"), path.join(root, out, "pypi"));
}

function packNode(sdk, out) {
  fs.mkdirSync(out, { recursive: true });
  fs.symlinkSync(path.join(process.cwd(), "node_modules"), path.join(sdk, "node_modules"));
  run(sdk, "node", path.join(process.cwd(), "node_modules/typescript/bin/tsc"));
  for (const file of ["package.json", "README.md"])
    fs.copyFileSync(path.join(sdk, file), path.join(sdk, "bin", file));
  fs.copyFileSync("LICENSE", path.join(sdk, "bin/LICENSE"));
  run(path.join(sdk, "bin"), "npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", out);
}

function packPython(sdk, out) {
  // Its project file names one, which the generator does not write.
  fs.copyFileSync("README.md", path.join(sdk, "README.md"));
  run(sdk, "python3", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, ".");
}
