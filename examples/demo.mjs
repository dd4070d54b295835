// `npm run demo`: the quickstart through a real Pulumi engine, against the emulator over this checkout.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "pulumi-chroma-sync/emulator";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const STACK = "quickstart-demo";
const GITHUB = "0192f0c1-5d3e-7b7a-9c53-00000000000a";
const S3 = "0192f0c1-5d3e-7b7a-9c53-00000000000b";
const WEB = "0192f0c1-5d3e-7b7a-9c53-00000000000c";

const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
// Oldest of the last two commits first; in a checkout with one commit the demo begins with the default branch.
const [after, before = ""] = git("rev-list", "--max-count=2", "HEAD").split("\n");
const engine = execFileSync(process.execPath, [path.join(root, "test/support/engine/engine.mjs")], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
});

const site = http.createServer((_request, response) => {
  response.setHeader("content-type", "text/html");
  response.end("<h1>Docs</h1><p>A page of the demo's own web site.</p>");
});
await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
const emulator = await startEmulator({
  token: "demo-key",
  seed: {
    sources: [
      { id: GITHUB, database_name: "demo", github: { repository: "demo/checkout" } },
      {
        id: S3,
        database_name: "demo",
        s3: { bucket_name: "files", region: "us-east-1", collection_name: "files" },
      },
      {
        id: WEB,
        database_name: "demo",
        web_scrape: { starting_url: `http://127.0.0.1:${site.address().port}/` },
      },
    ],
    buckets: { files: root },
    repositories: { "demo/checkout": root },
  },
});

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-demo-"));
const env = {
  ...process.env,
  PATH: [path.dirname(process.execPath), engine.trim().split("\n").at(-1), process.env.PATH].join(
    path.delimiter,
  ),
  PULUMI_BACKEND_URL: `file://${scratch}`,
  PULUMI_CONFIG_PASSPHRASE: "demo",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  CHROMA_API_KEY: "demo-key",
  CHROMA_SYNC_ENDPOINT: emulator.url,
};
const configFile = path.join(scratch, `Pulumi.${STACK}.yaml`);

/** Runs pulumi without blocking the emulator, which answers from this process. */
async function pulumi(title, ...args) {
  console.log(`\n### ${title}\n$ pulumi ${args.join(" ")}`);
  const child = spawn("pulumi", [...args, "--stack", STACK, "--non-interactive"], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`pulumi ${args[0]} ended with ${code}`);
}

function configure(values) {
  const lines = Object.entries(values).map(([key, value]) => `  chroma-sync-quickstart:${key}: "${value}"`);
  const salt = fs.existsSync(configFile)
    ? fs.readFileSync(configFile, "utf8").match(/^encryptionsalt:.*$/m)
    : undefined;
  fs.writeFileSync(configFile, `${salt ? `${salt[0]}\n` : ""}config:\n${lines.join("\n")}\n`);
}

try {
  const init = ["stack", "init", STACK, "--non-interactive"];
  if (spawnSync("pulumi", init, { cwd: root, env, stdio: "inherit" }).status !== 0)
    throw new Error("no stack");
  // The engine writes the new stack's settings into the checkout, where the demo leaves nothing.
  fs.copyFileSync(path.join(root, path.basename(configFile)), configFile);
  fs.rmSync(path.join(root, path.basename(configFile)));
  const sources = { githubSourceId: GITHUB, s3SourceId: S3, webSourceId: WEB, objectKey: "README.md" };
  const file = ["--config-file", configFile];
  configure({ ...sources, sha: before });
  await pulumi("Three syncs: a repository, an S3 object, a web site", "up", "--yes", ...file);
  configure({ ...sources, sha: after });
  await pulumi(
    "Another commit, so another collection: the preview shows the replacement",
    "preview",
    "--diff",
    ...file,
  );
  await pulumi("…and up makes it", "up", "--yes", "--skip-preview", ...file);
  await pulumi("Refresh reads what became of them", "refresh", "--yes", "--skip-preview", ...file);
  await pulumi("Destroy: finished syncs need no request", "destroy", "--yes", "--skip-preview", ...file);

  console.log(
    `\n### What the service saw\n${emulator.requests.join("\n")}\n\n### The invocations that it ran`,
  );
  for (const { id, status, metadata } of emulator.jobs())
    console.log(
      `${id}  ${typeof status === "string" ? status : Object.keys(status)[0]}  ${metadata.collection_name}`,
    );
} finally {
  await emulator.close();
  site.close();
  fs.rmSync(scratch, { recursive: true, force: true });
}
