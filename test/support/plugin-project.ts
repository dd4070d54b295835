import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { enginePath, installedFolder, Project } from "./project.js";

const root = path.join(__dirname, "../..");

/** The folders to put on PATH for a YAML program. */
export const yamlPath = (() => {
  let found: string | undefined;
  return () => {
    found ??= execFileSync(process.execPath, [path.join(root, "test/support/engine/yaml-host.mjs")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    }).trim();
    return [found, enginePath()].join(path.delimiter);
  };
})();

/** Where the plugin of these tests is. */
export const pluginFolder = (): string => path.join(installedFolder(), "plugin");

/** The part of a project's file that says where its plugin is. */
export const pluginAt = (folder = pluginFolder()): string =>
  `plugins:\n  providers:\n    - name: chroma-sync\n      path: ${folder}\n`;

/** A project that uses the plugin, in YAML unless its files say otherwise. */
export class PluginProject extends Project {
  readonly #name: string;

  constructor(name: string, environment: Record<string, string> = {}) {
    super(name, {}, { PATH: yamlPath(), ...environment });
    this.#name = name;
  }

  /** Writes the program: what follows the head of a Pulumi.yaml. */
  declare(program: string, plugin = pluginAt()): void {
    this.write({ "Pulumi.yaml": `name: ${this.#name}\nruntime: yaml\n${plugin}${program}` });
  }

  /** Processes of the plugin that this project's engines started. */
  plugins(): number[] {
    return fs
      .readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
          const environment = fs.readFileSync(`/proc/${pid}/environ`, "utf8");
          return (
            /plugin\.cjs|pulumi-resource-chroma-sync/.test(command) &&
            environment.includes(`PULUMI_HOME=${this.folder}/`)
          );
        } catch {
          return false;
        }
      })
      .map(Number);
  }
}
