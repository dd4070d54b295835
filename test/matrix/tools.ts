import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { installedFolder } from "../support/project.js";

const root = path.join(__dirname, "../..");
const { name, version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));

/** The packed package, as a dependency of another project. */
export const tarball = () => `file:${path.join(installedFolder(), `${name}-${version}.tgz`)}`;

/** A temporary folder for the tests of a file, removed after them. */
export function scratch(): () => string {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-matrix-"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Installs packages of the registry side by side, each under a name of its own: `{ ts47: "typescript@4.7.4" }`. */
export function install(folder: string, packages: Record<string, string>): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  const aliases = Object.entries(packages).map(
    ([alias, spec]) => `${alias}@${spec.startsWith("file:") ? "" : "npm:"}${spec}`,
  );
  run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", ...aliases);
}

/** What a command prints; if it fails, what it printed is the error. */
export function run(folder: string, file: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${file} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}
