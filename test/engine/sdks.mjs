// Makes sure that the SDKs of the plugin, as its schema now is, are on this machine, and prints their folder:
// Node's is compiled, Python's is installed into an environment of its own. Nothing is printed without Go.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { buildInto, cache, go, runs, say } from "./go-build.mjs";
import { withLock } from "./lock.mjs";

const PYTHON_SDK = "pulumi==3.272.0";
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const codegen = path.join(root, "codegen");

const key = createHash("sha256").update(PYTHON_SDK);
for (const file of ["schema.json", "codegen/main.go", "codegen/go.mod", "codegen/go.sum"])
  key.update(fs.readFileSync(path.join(root, file)));
const folder = path.join(cache, `sdks-${key.digest("hex").slice(0, 12)}`);
const found = await withLock(path.join(cache, "sdks.lock"), say, () => buildInto(folder, fill));
if (found) console.log(found);

function fill(partial) {
  go(codegen, "codegen", ".", partial);
  const logo = path.join(codegen, "logo.png");
  execFileSync(path.join(partial, "codegen"), [path.join(root, "schema.json"), partial, logo]);
  compileNode(path.join(partial, "nodejs"));
  // Environments hold their own path: only where it will be can one be made.
  if (runs("python3", ["--version"])) installPython(path.join(partial, "python"), `${folder}-python`);
}

function compileNode(sdk) {
  fs.symlinkSync(path.join(root, "node_modules"), path.join(sdk, "node_modules"));
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc")], {
    cwd: sdk,
    stdio: ["ignore", "inherit", "inherit"],
  });
  fs.copyFileSync(path.join(sdk, "package.json"), path.join(sdk, "bin/package.json"));
}

function installPython(sdk, environment) {
  say("installing the Python SDK");
  fs.rmSync(environment, { recursive: true, force: true });
  execFileSync("python3", ["-m", "venv", environment], { stdio: "ignore" });
  execFileSync(path.join(environment, "bin/pip"), ["install", "--quiet", PYTHON_SDK, sdk], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}
