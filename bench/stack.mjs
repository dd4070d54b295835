import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
export const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
export const KEY = "key-of-the-bench";

let installed;

/** An empty directory with the packed package, made once. */
function install() {
  if (installed) return installed;
  installed = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-bench-"));
  const npm = (cwd, ...args) =>
    execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const [packed] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", installed));
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  fs.writeFileSync(path.join(installed, "package.json"), JSON.stringify({ private: true }));
  npm(
    installed,
    ...["install", "--no-audit", "--no-fund", "--prefer-offline", `./${packed.filename}`],
    ...["@pulumi/pulumi", "typescript", "@types/node"].map((name) => `${name}@${devDependencies[name]}`),
  );
  process.once("exit", () => fs.rmSync(installed, { recursive: true, force: true }));
  return installed;
}

/** The emulator in a process of its own, so that it takes no time of what is measured. */
export async function emulator(pendingMs = 600_000) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-bench-"));
  const seed = path.join(folder, "seed.json");
  const sources = [
    { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
  ];
  fs.writeFileSync(seed, JSON.stringify({ sources }));
  const cli = path.join(root, "dist/src/emulator/cli.js");
  const child = spawn(process.execPath, [
    cli,
    "--token",
    KEY,
    "--seed",
    seed,
    "--pending",
    String(pendingMs),
  ]);
  const url = await new Promise((resolve) => {
    child.stdout.on("data", (text) => {
      const found = /http:\S+/.exec(String(text));
      if (found) resolve(found[0]);
    });
  });
  return {
    url,
    count: async () => (await (await fetch(`${url}/_emulator/jobs`)).json()).length,
    close() {
      child.kill();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The rival that nothing can beat: a bare loop of POSTs over as many connections, in seconds. */
export async function rawLoop(url, keys, connections) {
  const dispatcher = new Agent({ connections });
  const begun = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < keys.length) {
      const answer = await request(`${url}/api/v1/sources/${S3}/invocations`, {
        method: "POST",
        dispatcher,
        headers: { "content-type": "application/json", "x-chroma-token": KEY },
        body: JSON.stringify({ object_key: keys[next++] }),
      });
      await answer.body.json();
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  await dispatcher.close();
  return (performance.now() - begun) / 1000;
}

/** A Pulumi project whose commands are timed. */
export class Stack {
  constructor(endpoint, files) {
    // Below the packages, since a link to them would lengthen the source positions in state.
    this.folder = fs.mkdtempSync(path.join(install(), "s-"));
    this.write({
      "Pulumi.yaml": "name: bench\nruntime: nodejs\n",
      "package.json": JSON.stringify({ name: "bench", private: true, main: "index.js" }),
      ...files,
    });
    fs.mkdirSync(path.join(this.folder, "state"));
    const engine = execFileSync(process.execPath, [path.join(root, "test/support/engine/engine.mjs")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.env = {
      ...process.env,
      PATH: [path.dirname(process.execPath), engine.trim().split("\n").at(-1), process.env.PATH].join(
        path.delimiter,
      ),
      PULUMI_BACKEND_URL: `file://${this.folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_HOME: path.join(this.folder, "home"),
      CHROMA_API_KEY: KEY,
      CHROMA_SYNC_ENDPOINT: endpoint,
    };
    execFileSync("pulumi", ["stack", "init", "dev", "--non-interactive"], {
      cwd: this.folder,
      env: this.env,
      stdio: "ignore",
    });
  }

  write(files) {
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(this.folder, name), text);
  }

  /** Runs a command without its preview; seconds, and the most memory that the provider process had, in MB. */
  run(...args) {
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      const child = spawn("pulumi", [...args, "--yes", "--skip-preview", "--non-interactive"], {
        cwd: this.folder,
        env: this.env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
      let peak = 0;
      const sampling = setInterval(() => (peak = Math.max(peak, providerMemory(this.folder))), 100);
      child.once("exit", (code) => {
        clearInterval(sampling);
        if (code === 0) resolve({ seconds: (performance.now() - begun) / 1000, peak });
        else reject(new Error(output.slice(-3000)));
      });
    });
  }

  /** Bytes of the stack's state, the stack and provider entries included. */
  stateBytes() {
    return fs.statSync(path.join(this.folder, "state/.pulumi/stacks/bench/dev.json")).size;
  }

  /** Bytes of the entries of one type. */
  entryBytes(type) {
    const state = JSON.parse(
      fs.readFileSync(path.join(this.folder, "state/.pulumi/stacks/bench/dev.json"), "utf8"),
    );
    const entries = state.checkpoint.latest.resources.filter((resource) => resource.type.includes(type));
    return entries.map((entry) => JSON.stringify(entry).length).sort((a, b) => a - b)[
      Math.floor(entries.length / 2)
    ];
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function providerMemory(folder) {
  for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (fs.readlinkSync(`/proc/${pid}/cwd`) !== folder) continue;
      if (!fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider")) continue;
      return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
    } catch {
      // Gone in the meantime.
    }
  }
  return 0;
}
