// Makes sure that a real Pulumi engine is on this machine, and prints the folder to put on PATH as the
// last line of stdout. Everything else goes to stderr.
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import lockfile from "proper-lockfile";

const CLI_VERSION = "3.259.0";
const NPM_CLI = "pulumi@3.265.0";
const DOWNLOAD_LIMIT_MS = 180_000;
const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));
const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"),
  "pulumi-chroma-sync",
);
const say = (text) => process.stderr.write(`engine: ${text}\n`);

const folder = ownFolder() ?? (await underLock(async () => (await downloaded()) ?? (await built())));
if (!folder) {
  say(
    `no Pulumi engine could be had. Install the Pulumi CLI (https://www.pulumi.com/docs/install/) and put it on PATH, ` +
      "or install Go 1.25.11 or newer, from which it is built.",
  );
  process.exit(1);
}
console.log(folder);

/** Of several runs at once one gets the engine, and the others wait for it. */
async function underLock(work) {
  fs.mkdirSync(cache, { recursive: true });
  const stale = 15_000;
  if (await lockfile.check(cache, { stale })) say("another run is getting the engine, waiting for it");
  const retries = { retries: 3600, minTimeout: 500, maxTimeout: 500 };
  // Kept fresh by a timer, so what is done meanwhile must not block.
  const release = await lockfile.lock(cache, { stale, retries });
  try {
    return await work();
  } finally {
    await release();
  }
}

/** The folder of the user's own CLI. */
function ownFolder() {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(folder, process.platform === "win32" ? "pulumi.exe" : "pulumi");
    if (folder && fs.existsSync(file) && runs(file, ["version"])) {
      say(`using ${file}`);
      return folder;
    }
  }
  return undefined;
}

/** The official CLI, which the npm package `pulumi` downloads at its first use. */
async function downloaded() {
  const prefix = path.join(cache, "npm-cli");
  const failed = path.join(prefix, "unreachable");
  // A failure is remembered for a day: a machine without that network is not asked again at each run.
  if (fs.existsSync(failed) && Date.now() - fs.statSync(failed).mtimeMs < 86_400_000) return undefined;
  fs.mkdirSync(prefix, { recursive: true });
  say(`trying the official CLI through ${NPM_CLI}`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const install = [
    "install",
    "--silent",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--prefix",
    prefix,
    NPM_CLI,
  ];
  const options = { timeout: DOWNLOAD_LIMIT_MS };
  const script =
    'require("pulumi/lib/resolve").resolve().then((bin) => console.log(bin), () => process.exit(1))';
  try {
    await run(npm, install, options);
    const { stdout } = await run(process.execPath, ["-e", script], { ...options, cwd: prefix });
    const bin = stdout.trim().split("\n").at(-1);
    if (bin && runs(bin, ["version"])) return path.dirname(bin);
  } catch {
    // Told below.
  }
  fs.writeFileSync(failed, "");
  say("its download cannot be reached");
  return undefined;
}

/** The CLI and the Node language host, built from Go modules. */
async function built() {
  const recipes = ["cli", "nodejs-host"].map((name) => path.join(here, name));
  const key = createHash("sha256");
  for (const recipe of recipes)
    for (const file of ["go.mod", "go.sum"]) key.update(fs.readFileSync(path.join(recipe, file)));
  const folder = path.join(cache, `engine-${CLI_VERSION}-${key.digest("hex").slice(0, 12)}`);
  if (fs.existsSync(folder)) return folder;
  if (!runs("go", ["version"])) return undefined;
  const partial = fs.mkdtempSync(`${folder}.partial-`);
  try {
    await go(recipes[0], "pulumi", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", partial);
    await go(
      recipes[1],
      "pulumi-language-nodejs",
      "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      partial,
    );
    const host = path.join(here, "../../node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs");
    fs.copyFileSync(host, path.join(partial, path.basename(host)));
    fs.chmodSync(path.join(partial, path.basename(host)), 0o755);
    fs.renameSync(partial, folder);
    return folder;
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

async function go(recipe, name, target, folder) {
  say(`building ${name} from Go modules (minutes at the first time, cached in ${cache})`);
  // The version is part of what the Automation API parses.
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`;
  const options = { cwd: recipe, env: { ...process.env, GOFLAGS: "-modcacherw", GOWORK: "off" } };
  try {
    await run("go", ["build", "-ldflags", version, "-o", path.join(folder, name), target], options);
  } catch (error) {
    throw new Error(`go build of ${name} failed:\n${error.stderr.slice(-2000)}`);
  }
}

function runs(file, args) {
  return spawnSync(file, args, { stdio: "ignore", timeout: 30_000 }).status === 0;
}
