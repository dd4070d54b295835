// Run by `npm version <version>`, which has set package.json and commits and tags what this leaves: gives the entries
// under "Unreleased" in CHANGELOG.md their heading, and the new version to every file that tells users which to take.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";

const { npm_old_version: before, npm_new_version: now } = process.env;
if (!before || !now) throw new Error("npm version <version> runs this");

const changelog = fs.readFileSync("CHANGELOG.md", "utf8");
const [, entries] = /^## \[Unreleased\]\n([\s\S]*?)(?=^## \[|$(?![\s\S]))/m.exec(changelog) ?? [];
if (!entries?.trim()) throw new Error('CHANGELOG.md has no entries under "## [Unreleased]"');
const heading = `## [Unreleased]\n\n## [${now}] - ${new Date().toISOString().slice(0, 10)}\n`;
fs.writeFileSync("CHANGELOG.md", changelog.replace("## [Unreleased]\n", heading));

const TOLD = ["SECURITY.md", "docs", "examples", "templates", "policy-pack", ":!docs/captures"];
const version = new RegExp(`(?<![\\d.])${before.replaceAll(".", "\\.")}(?![\\d.]*\\d)`, "g");
const files = execFileSync("git", ["grep", "-lF", before, "--", ...TOLD], { encoding: "utf8" })
  .trim()
  .split("\n");
for (const file of files) fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(version, now));
