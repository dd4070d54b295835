// The repository that package.json, the schema, the SDKs and the pages name. `node codegen/repository.mjs
// owner/name` sets it in every file that names the one of package.json. Until there is one, that is a
// placeholder, which no release accepts: its workflow runs in a repository of another name.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const named = process.argv[2];
if (!/^[\w-]+\/[\w.-]+$/.test(named ?? "")) throw new Error("node codegen/repository.mjs <owner>/<name>");
const { repository } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const [, before] = /github\.com\/([^/]+\/.+)\.git$/.exec(repository.url);
const files = execFileSync("git", ["grep", "-l", "--fixed-strings", before], { cwd: root, encoding: "utf8" });
for (const name of files
  .trim()
  .split("\n")
  .filter((file) => !/^(test\/release|CHANGELOG)/.test(file))) {
  const file = path.join(root, name);
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll(before, named));
}
