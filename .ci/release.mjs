// Publishes the version that the checked-out commit is tagged with. With --dry-run it does all but that.
// The registry's provenance names the commit and the workflow, so that only CI can publish.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";

const dry = process.argv.includes("--dry-run");
const run = (command, ...args) => execFileSync(command, args, { stdio: "inherit" });
const read = (command, ...args) => execFileSync(command, args, { encoding: "utf8" }).trim();

const manifest = JSON.parse(fs.readFileSync("package.json", "utf8"));
const { name, version } = manifest;
const schema = JSON.parse(fs.readFileSync("schema.json", "utf8"));
const repository = process.env.GITHUB_REPOSITORY;
const url = `git+https://github.com/${repository}.git`;
const problems = [];
if (read("git", "status", "--porcelain") !== "") problems.push("The checkout has changes: commit them.");
if (!read("git", "tag", "--points-at", "HEAD").split("\n").includes(`v${version}`))
  problems.push(`The commit is not tagged v${version}, which package.json says it is: git tag v${version}.`);
const heading = new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d{2}-\\d{2}$`, "m");
if (!heading.test(fs.readFileSync("CHANGELOG.md", "utf8")))
  problems.push(`CHANGELOG.md has no heading "## [${version}] - <date>": rename "## [Unreleased]".`);
if (!repository) problems.push("GITHUB_REPOSITORY is not set: provenance takes GitHub Actions.");
else if (manifest.repository?.url !== url)
  problems.push(
    `package.json names ${manifest.repository?.url ?? "no repository"}, and this is ${url}: node codegen/repository.mjs ${repository}`,
  );
else if (schema.repository !== `https://github.com/${repository}`)
  problems.push(`schema.json is of ${schema.repository}: npm run schema && npm run sdks`);
if (!dry && !process.env.ACTIONS_ID_TOKEN_REQUEST_URL)
  problems.push("The job cannot prove who it is: give it `permissions: { id-token: write }`.");
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}

// All six take minutes, and a signer for macOS: a dry run makes the one of this machine.
run("node", "plugin/build.mjs", ...(dry ? ["linux-amd64"] : []));
const tag = version.includes("-") ? "next" : "latest";
const tarball = read("npm", "pack", "--silent").split("\n").at(-1);
run("npx", "publint", tarball, "--strict");
run("npx", "attw", tarball);
run(
  "npm",
  "publish",
  tarball,
  "--provenance",
  "--access",
  "public",
  "--tag",
  tag,
  ...(dry ? ["--dry-run"] : []),
);
// The plugin is downloaded from the release, and Go takes its SDK from a tag.
const built = fs.readdirSync("dist-plugin").filter((file) => /\.tar\.gz$|_(checksums|sbom)\./.test(file));
const assets = built.map((file) => `dist-plugin/${file}`);
const released = ["gh", "release", "create", `v${version}`, "--verify-tag", "--notes-from-tag", ...assets];
if (dry) console.log(`would run ${released.join(" ")}`);
else {
  run(...released);
  run("git", "tag", `sdk/go/v${version}`);
  run("git", "push", "origin", `sdk/go/v${version}`);
}
console.log(`${dry ? "would publish" : "published"} ${name}@${version} as ${tag}`);
