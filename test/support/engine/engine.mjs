// Makes sure that a real Pulumi engine is on this machine, and prints the folder to put on PATH as the
// last line of stdout. Everything else goes to stderr.
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { buildInto, builtFolder, CLI_VERSION, cache, go, run, runs, say, underLock } from "./go-build.mjs";

const NPM_CLI = "pulumi@3.265.0";
const DOWNLOAD_LIMIT_MS = 180_000;
const here = path.dirname(fileURLToPath(import.meta.url));

const folder = ownFolder() ?? (await underLock(async () => (await downloaded()) ?? (await built())));
if (!folder) {
  say(
    `no Pulumi engine could be had. Install the Pulumi CLI (https://www.pulumi.com/docs/install/) and put it on PATH, ` +
      "or install Go 1.25.11 or newer, from which it is built.",
  );
  process.exit(1);
}
console.log(folder);

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
function built() {
  const recipes = ["cli", "nodejs-host"].map((name) => path.join(here, name));
  return buildInto(builtFolder(`engine-${CLI_VERSION}`, recipes), async (folder) => {
    await go(recipes[0], "pulumi", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", folder);
    await go(
      recipes[1],
      "pulumi-language-nodejs",
      "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      folder,
    );
    const host = path.join(here, "../../../node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs");
    fs.copyFileSync(host, path.join(folder, path.basename(host)));
    fs.chmodSync(path.join(folder, path.basename(host)), 0o755);
  });
}
