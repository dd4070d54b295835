import { execFile, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { lineText, readLines } from "../../src/provider/journal/lines.js";

const root = path.join(__dirname, "../..");

/** The folders to put on PATH: the engine's, and the one of the node that the tests run on. */
export const enginePath = () =>
  [path.dirname(process.execPath), fromSetUp("ENGINE_FOLDER"), process.env.PATH].join(path.delimiter);

/** An empty directory with the packed tarball installed as a user would; made once per test run. */
export const installedFolder = () => fromSetUp("PACKED_PROJECT");

function fromSetUp(name: string): string {
  const folder = process.env[name];
  if (!folder) throw new Error(`${name} is not set: the engine tests run with their global set-up`);
  return folder;
}

/** What a run of pulumi gave back. */
export interface Run {
  code: number;
  output: string;
}

/** A Pulumi project in a directory of its own, with the packed package installed. */
export class Project {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(
    name: string,
    files: Record<string, string>,
    environment: Record<string, string> = {},
    packageJson: Record<string, unknown> = {},
  ) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), `chroma-sync-${name}-`));
    fs.symlinkSync(path.join(installedFolder(), "node_modules"), path.join(this.folder, "node_modules"));
    this.write({
      "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`,
      "package.json": JSON.stringify({ name, private: true, main: "index.ts", ...packageJson }),
      ...files,
    });
    const state = path.join(this.folder, "state");
    fs.mkdirSync(state);
    const { CHROMA_API_KEY: _key, CHROMA_SYNC_ENDPOINT: _endpoint, ...inherited } = process.env;
    this.#env = {
      ...inherited,
      PATH: enginePath(),
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_HOME: path.join(this.folder, "home"),
      NO_COLOR: "1",
      // A third of the time of a run; that programs compile is tested elsewhere.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // Each run loads Pulumi and TypeScript anew, in two processes.
      NODE_COMPILE_CACHE: path.join(installedFolder(), ".compile-cache"),
      NODE_OPTIONS: `--require=${path.join(root, "test/support/compile-cache.cjs")}`,
      // The emulator lists at once and answers soon.
      CHROMA_SYNC_SETTLE_SECONDS: "2",
      CHROMA_SYNC_TIMEOUT_SECONDS: "5",
      ...environment,
    };
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(this.folder, name), text);
  }

  setEnvironment(environment: Record<string, string | undefined>): void {
    Object.assign(this.#env, environment);
  }

  /** The environment that pulumi runs in, for programs that run it themselves. */
  environment(): NodeJS.ProcessEnv {
    return { ...this.#env };
  }

  init(): void {
    const run = spawnSync("pulumi", ["stack", "init", "dev", "--non-interactive"], {
      cwd: this.folder,
      env: this.#env,
    });
    if (run.status !== 0) throw new Error(`pulumi stack init failed:\n${run.stdout}${run.stderr}`);
  }

  pulumi(...args: string[]): Promise<Run> {
    return this.pulumiWith({}, ...args);
  }

  /** The same with other settings of the environment, for runs beside each other. */
  pulumiWith(environment: Record<string, string | undefined>, ...args: string[]): Promise<Run> {
    return new Promise((resolve) => {
      execFile(
        "pulumi",
        [...args, "--non-interactive", "--color=never"],
        { cwd: this.folder, env: { ...this.#env, ...environment }, maxBuffer: 64 << 20 },
        (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${stdout}${stderr}` }),
      );
    });
  }

  /** Starts pulumi in the background. */
  start(...args: string[]) {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color=never"], {
      cwd: this.folder,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    const done = new Promise<Run>((resolve) => {
      child.once("exit", (code) => {
        // An orphan keeps the pipes open, so the end of the process itself counts.
        setTimeout(() => resolve({ code: code ?? 1, output }), 100);
      });
    });
    return {
      done,
      output: () => output,
      interrupt: () => void child.kill("SIGINT"),
      kill: () => void child.kill("SIGKILL"),
    };
  }

  /** Kills the provider process of this project, if there is one. */
  killProvider(): void {
    for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        if (fs.readlinkSync(`/proc/${pid}/cwd`) !== this.folder) continue;
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
        if (command.includes("dynamic-provider")) process.kill(Number(pid), "SIGKILL");
      } catch {
        // Gone in the meantime.
      }
    }
  }

  /** Removes the journal, as a new machine has none. */
  forgetJournal(): void {
    fs.rmSync(path.join(this.folder, "home", "chroma-sync"), { recursive: true, force: true });
  }

  /** Makes the journal that of another machine, as a cache that runners share does. */
  moveJournal(host: string): void {
    const folder = path.join(this.folder, "home", "chroma-sync", "journal");
    if (!fs.existsSync(folder)) return;
    for (const file of fs.readdirSync(folder).map((name) => path.join(folder, name))) {
      const { lines } = readLines(fs.readFileSync(file, "utf8"));
      const moved = lines.map((line) =>
        line.k === "claim" ? { ...line, owner: { ...line.owner, host } } : line,
      );
      fs.writeFileSync(file, moved.map(lineText).join(""));
    }
  }

  preview = (...args: string[]) => this.pulumi("preview", ...args);
  up = (...args: string[]) => this.pulumi("up", "--yes", ...args);
  refresh = (...args: string[]) => this.pulumi("refresh", "--yes", ...args);
  destroy = (...args: string[]) => this.pulumi("destroy", "--yes", ...args);

  async outputs(): Promise<Record<string, unknown>> {
    const { output } = await this.pulumi("stack", "output", "--json", "--show-secrets");
    return JSON.parse(output);
  }

  /** The resources in state, the stack itself and its providers aside, as `pulumi stack export` has them. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the engine's.
  async resources(): Promise<any[]> {
    const stacks = path.join(this.folder, "state/.pulumi/stacks");
    const [project] = fs.readdirSync(stacks);
    const { checkpoint } = JSON.parse(fs.readFileSync(path.join(stacks, project!, "dev.json"), "utf8"));
    return (checkpoint.latest?.resources ?? []).filter(
      (resource: { type: string }) => !resource.type.startsWith("pulumi:"),
    );
  }

  /** Every file of the state folder, as one text. */
  stateText(): string {
    const folder = path.join(this.folder, "state");
    return fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => path.join(folder, name))
      .filter((file) => fs.statSync(file).isFile())
      .map((file) => fs.readFileSync(file, "utf8"))
      .join("\n");
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
