// Builds what a release of the plugin holds, into dist-plugin/: one executable for each platform, which
// needs no Node, in the archives that Pulumi downloads; their checksums; and what they are made of.
// `npm run plugin:build -- linux-amd64` builds one of them.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { nodeOf } from "./node-package.mjs";
import { billOfMaterials } from "./sbom.mjs";
import { TARGETS, WRITERS } from "./targets.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const out = path.join(root, "dist-plugin");
const { version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const chosen = process.argv.slice(2);
const targets = chosen.length > 0 ? chosen : Object.keys(TARGETS);

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out);
const script = path.join(out, "plugin.cjs");
const packages = await bundle(script);
const archives = targets.map((target) => archive(target, executable(target)));
archives.push(await billOfMaterials(out, version, packages));
const sums = archives.map((file) => `${sha256(file)}  ${path.basename(file)}\n`);
fs.writeFileSync(path.join(out, `pulumi-chroma-sync_${version}_checksums.txt`), sums.join(""));

/** The bundle inside the target's own Node. */
function executable(target) {
  const node = TARGETS[target];
  if (!node) throw new Error(`There is no target ${target}, but ${Object.keys(TARGETS).join(", ")}`);
  const folder = path.join(out, target);
  fs.mkdirSync(folder);
  const file = path.join(folder, `pulumi-resource-chroma-sync${target.startsWith("windows") ? ".exe" : ""}`);
  const config = path.join(folder, "sea.json");
  fs.writeFileSync(
    config,
    JSON.stringify({
      main: script,
      executable: nodeOf(node),
      output: file,
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      // Arguments are the engine's, and none of them is Node's.
      execArgvExtension: "none",
    }),
  );
  execFileSync(nodeOf(WRITERS[node.version]), ["--build-sea", config], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  fs.rmSync(config);
  fs.chmodSync(file, 0o755);
  if (target.startsWith("darwin")) sign(file);
  return file;
}

/** To write into a Mach-O file takes away its signature, and Macs with Apple's processors run none without. */
function sign(file) {
  const signers = [
    ["codesign", "--sign", "-", "--force", file],
    ["rcodesign", "sign", file],
  ];
  for (const [command, ...args] of signers) {
    const { error, status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
    if (error?.code === "ENOENT") continue;
    if (status !== 0) throw new Error(`${command} ended with ${status}`);
    return;
  }
  const message = `${file} is not signed, so that no Mac with Apple's processor runs it: install rcodesign (cargo install apple-codesign)`;
  if (process.env.CI) throw new Error(message);
  console.warn(message);
}

/** The archive by the name that Pulumi asks for, with the executable at its root. */
function archive(target, file) {
  const name = path.join(out, `pulumi-resource-chroma-sync-v${version}-${target}.tar.gz`);
  const owner = ["--owner=0", "--group=0", "--numeric-owner"];
  execFileSync("tar", ["-czf", name, ...owner, "-C", path.dirname(file), path.basename(file)]);
  console.log(`${path.basename(name)} ${(fs.statSync(name).size / 1e6).toFixed(1)} MB`);
  return name;
}

function sha256(file) {
  return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}
