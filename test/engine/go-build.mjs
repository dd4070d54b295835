import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

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

/** Fills a folder as a whole or not at all; undefined where there is no Go. */
export function buildInto(folder, fill) {
  if (fs.existsSync(folder)) return folder;
  if (!runs("go", ["version"])) return undefined;
  const partial = fs.mkdtempSync(`${folder}.partial-`);
  try {
    fill(partial);
    fs.renameSync(partial, folder);
    return folder;
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

/** Builds one program of a recipe. */
export function go(recipe, name, target, folder) {
  say(`building ${name} from Go modules (minutes at the first time, cached in ${cache})`);
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`;
  const result = spawnSync("go", ["build", "-ldflags", version, "-o", path.join(folder, name), target], {
    cwd: recipe,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "-modcacherw", GOWORK: "off" },
  });
  if (result.status !== 0) throw new Error(`go build of ${name} failed:\n${result.stderr.slice(-2000)}`);
}

/** Whether a command ends well. */
export function runs(file, args) {
  return spawnSync(file, args, { stdio: "ignore", timeout: 30_000 }).status === 0;
}
