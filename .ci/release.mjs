// Releases the version that the checked-out commit is tagged with, in the two steps that CI runs in two jobs:
//   --pack      builds, checks and packs what is published into dist-release/, with no right to publish it
//   --publish   publishes what is there: nothing is installed, built or run on the way
// Without either it does both, and with --dry-run all but publish. The registry's provenance names the commit
// and the workflow, so that only CI can publish.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { packSdks } from "./pack-sdks.mjs";

const OUT = "dist-release";
const CHECKSUMS = path.join(OUT, "SHA256SUMS");
const flags = process.argv.slice(2);
const dry = flags.includes("--dry-run");
const pack = !flags.includes("--publish");
const publish = !flags.includes("--pack");
const run = (command, ...args) => execFileSync(command, args, { stdio: "inherit" });
const read = (command, ...args) => execFileSync(command, args, { encoding: "utf8" }).trim();

const manifest = JSON.parse(fs.readFileSync("package.json", "utf8"));
const { name, version } = manifest;
const tarball = path.join(OUT, `${name}-${version}.tgz`);
const repository = process.env.GITHUB_REPOSITORY;

const problems = problemsOfCommit();
if (publish && !dry && !process.env.ACTIONS_ID_TOKEN_REQUEST_URL)
  problems.push("The job cannot prove who it is: give it `permissions: { id-token: write }`.");
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
if (pack) packAll();
if (publish) publishAll();

function problemsOfCommit() {
  const found = [];
  const schema = JSON.parse(fs.readFileSync("schema.json", "utf8"));
  const url = `git+https://github.com/${repository}.git`;
  if (read("git", "status", "--porcelain") !== "") found.push("The checkout has changes: commit them.");
  if (!read("git", "tag", "--points-at", "HEAD").split("\n").includes(`v${version}`))
    found.push(`The commit is not tagged v${version}, which package.json says it is: git tag v${version}.`);
  const heading = new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d{2}-\\d{2}$`, "m");
  if (!heading.test(fs.readFileSync("CHANGELOG.md", "utf8")))
    found.push(`CHANGELOG.md has no heading "## [${version}] - <date>": rename "## [Unreleased]".`);
  if (!repository) found.push("GITHUB_REPOSITORY is not set: provenance takes GitHub Actions.");
  else if (manifest.repository?.url !== url)
    found.push(
      `package.json names ${manifest.repository?.url ?? "no repository"}, and this is ${url}: node codegen/repository.mjs ${repository} && npm run sdks`,
    );
  else if (schema.repository !== `https://github.com/${repository}`)
    found.push(`schema.json is of ${schema.repository}: npm run schema && npm run sdks`);
  return found;
}

function packAll() {
  fs.rmSync(OUT, { recursive: true, force: true });
  fs.mkdirSync(OUT);
  // All six take minutes, and a signer for macOS: a dry run makes the one of this machine.
  run("node", "plugin/build.mjs", ...(dry ? ["linux-amd64"] : []));
  for (const file of fs
    .readdirSync("dist-plugin")
    .filter((file) => /\.tar\.gz$|_(checksums|sbom)\./.test(file)))
    fs.copyFileSync(path.join("dist-plugin", file), path.join(OUT, file));
  run("npm", "pack", "--silent", "--pack-destination", OUT);
  run("npx", "publint", tarball, "--strict");
  run("npx", "attw", tarball);
  packSdks(OUT, dry);
  const sums = released().map((file) => `${sha256(path.join(OUT, file))}  ${file}\n`);
  fs.writeFileSync(CHECKSUMS, sums.join(""));
}

function publishAll() {
  for (const line of fs.readFileSync(CHECKSUMS, "utf8").trim().split("\n")) {
    const [sum, file] = line.split("  ");
    if (sha256(path.join(OUT, file)) !== sum) throw new Error(`${file} is not what was packed`);
  }
  // Into npm's queue, where a maintainer approves it with a second factor: a stolen workflow publishes nothing.
  const tag = version.includes("-") ? "next" : "latest";
  const npm = (file) =>
    run(
      ...["npm", "stage", "publish", `./${file}`, "--ignore-scripts", "--provenance", "--access", "public"],
      ...["--tag", tag, ...(dry ? ["--dry-run"] : [])],
    );
  const perform = (...command) => (dry ? console.log(`would run ${command.join(" ")}`) : run(...command));
  npm(tarball);
  // The plugin is downloaded from the release, which the SDKs need. Go takes its SDK from a tag.
  const assets = released().filter((file) => !/\.(tgz|whl|nupkg)$/.test(file));
  const files = assets.map((file) => path.join(OUT, file));
  perform("gh", "release", "create", `v${version}`, "--verify-tag", "--notes-from-tag", ...files);
  npm(path.join(OUT, `npm/${name}-sdk-${version}.tgz`));
  const reference = [`ref=refs/tags/sdk/go/v${version}`, `sha=${read("git", "rev-parse", "HEAD")}`];
  perform(
    "gh",
    "api",
    `repos/${repository}/git/refs`,
    "--silent",
    ...reference.flatMap((field) => ["-f", field]),
  );
  console.log(`${dry ? "would publish" : "staged"} ${name}@${version} as ${tag}`);
}

/** The files that a release consists of, in a fixed order. */
function released() {
  const entries = fs.readdirSync(OUT, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== path.basename(CHECKSUMS));
  return files.map((entry) => path.relative(OUT, path.join(entry.parentPath, entry.name))).sort();
}

function sha256(file) {
  return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}
