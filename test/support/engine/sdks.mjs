// Makes sure that the SDKs of the plugin, as its schema now is, are on this machine, and prints their folder:
// Node's is compiled, Python's is installed into an environment of its own. Nothing is printed without Go.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { buildInto, cache, go, run, runs, say, underLock } from "./go-build.mjs";

const PYTHON_SDK = "pulumi==3.272.0";
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const codegen = path.join(root, "codegen");

const key = createHash("sha256").update(PYTHON_SDK);
for (const file of ["schema.json", "codegen/main.go", "codegen/go.mod", "codegen/go.sum"])
  key.update(fs.readFileSync(path.join(root, file)));
const folder = path.join(cache, `sdks-${key.digest("hex").slice(0, 12)}`);
const found = await underLock(() => buildInto(folder, fill));
if (found) console.log(found);

async function fill(partial) {
  await go(codegen, "codegen", ".", partial);
  const logo = path.join(codegen, "logo.png");
  await run(path.join(partial, "codegen"), [path.join(root, "schema.json"), partial, logo]);
  await compileNode(path.join(partial, "nodejs"));
  // Environments hold their own path: only where it will be can one be made.
  if (runs("python3", ["--version"])) await installPython(path.join(partial, "python"), `${folder}-python`);
}

async function compileNode(sdk) {
  fs.symlinkSync(path.join(root, "node_modules"), path.join(sdk, "node_modules"));
  await run(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc")], { cwd: sdk });
  fs.copyFileSync(path.join(sdk, "package.json"), path.join(sdk, "bin/package.json"));
}

async function installPython(sdk, environment) {
  say("installing the Python SDK");
  fs.rmSync(environment, { recursive: true, force: true });
  await run("python3", ["-m", "venv", environment]);
  await run(path.join(environment, "bin/pip"), ["install", "--quiet", PYTHON_SDK, sdk]);
}
