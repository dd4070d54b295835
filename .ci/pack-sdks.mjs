// Packs the SDKs that registries hold: Node's compiled into a tarball, Python's as a wheel, C#'s for NuGet. Go's is
// in the repository; Java's users make theirs with `pulumi package add`. Requires Go, Python and .NET.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const run = (cwd, command, ...args) => execFileSync(command, args, { cwd, stdio: "inherit" });

/** Writes them into folders of `out`, which are named for their registries; a dry run works without .NET. */
export function packSdks(out, dry) {
  const root = process.cwd();
  run(root, "node", "codegen/sdks.mjs");
  const changed = execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" });
  if (changed) throw new Error(`The SDK of Go is not what the schema gives: npm run sdks\n${changed}`);
  packNode(path.join(root, "dist-sdk/nodejs"), path.join(root, out, "npm"));
  packPython(path.join(root, "dist-sdk/python"), path.join(root, out, "pypi"));
  if (dry && !hasDotnet()) console.log("would pack Pulumi.ChromaSync for NuGet: .NET is not installed");
  else packDotnet(path.join(root, "dist-sdk/dotnet"), path.join(root, out, "nuget"));
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

// The project packs itself when it is built.
function packDotnet(sdk, out) {
  run(sdk, "dotnet", "build", "--configuration", "Release", `--property:PackageOutputPath=${out}`);
}

function hasDotnet() {
  try {
    execFileSync("dotnet", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
