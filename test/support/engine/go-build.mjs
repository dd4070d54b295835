import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import lockfile from "proper-lockfile";

/** Runs a command without blocking, so that locks stay fresh. */
export const run = promisify(execFile);

/** The version of the CLI that is built; part of what the Automation API parses. */
export const CLI_VERSION = "3.259.0";

/** Where engines, hosts and their builds are kept between runs. */
export const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"),
  "pulumi-chroma-sync",
);

/** Progress, on stderr: stdout is for the result. */
export const say = (text) => process.stderr.write(`engine: ${text}\n`);

/** The folder that holds what the recipes (folders with go.mod and go.sum) build to; it exists once they have. */
export function builtFolder(name, recipes) {
  const key = createHash("sha256");
  for (const recipe of recipes)
    for (const file of ["go.mod", "go.sum"]) key.update(fs.readFileSync(path.join(recipe, file)));
  return path.join(cache, `${name}-${key.digest("hex").slice(0, 12)}`);
}

/** Of several runs at once one gets what is in the cache, and the others wait for it. */
export async function underLock(work) {
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

/** Fills a folder as a whole or not at all; undefined if there is no Go. */
export async function buildInto(folder, fill) {
  if (fs.existsSync(folder)) return folder;
  if (!runs("go", ["version"])) return undefined;
  const partial = fs.mkdtempSync(`${folder}.partial-`);
  try {
    await fill(partial);
    fs.renameSync(partial, folder);
    return folder;
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

/** Builds one program of a recipe. */
export async function go(recipe, name, target, folder) {
  say(`building ${name} from Go modules (minutes at the first time, cached in ${cache})`);
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`;
  const options = { cwd: recipe, env: { ...process.env, GOFLAGS: "-modcacherw", GOWORK: "off" } };
  try {
    await run("go", ["build", "-ldflags", version, "-o", path.join(folder, name), target], options);
  } catch (error) {
    throw new Error(`go build of ${name} failed:\n${error.stderr.slice(-2000)}`);
  }
}

/** Whether a command ends well. */
export function runs(file, args) {
  return spawnSync(file, args, { stdio: "ignore", timeout: 30_000 }).status === 0;
}
