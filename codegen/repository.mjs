// The repository that the schema, the SDKs and the pages name. `node codegen/repository.mjs owner/name` sets
// it in package.json and in every file that has the one before.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const manifest = path.join(root, "package.json");
/** Stands in the files until the repository has an address; no release has it. */
const PLACEHOLDER = "pulumi-chroma-sync/pulumi-chroma-sync";

const named = process.argv[2];
if (!/^[\w-]+\/[\w.-]+$/.test(named ?? "")) throw new Error("node codegen/repository.mjs <owner>/<name>");
const content = JSON.parse(fs.readFileSync(manifest, "utf8"));
const [, before = PLACEHOLDER] =
  /github\.com\/([^/]+\/.+?)(?:\.git)?$/.exec(content.repository?.url ?? "") ?? [];
content.repository = { type: "git", url: `git+https://github.com/${named}.git` };
fs.writeFileSync(manifest, `${JSON.stringify(content, null, 2)}\n`);
const files = execFileSync("git", ["grep", "-l", "--fixed-strings", before], { cwd: root, encoding: "utf8" });
for (const name of files
  .trim()
  .split("\n")
  .filter((file) => !/^(codegen\/|test\/release|package\.json|CHANGELOG)/.test(file))) {
  const file = path.join(root, name);
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll(before, named));
}
