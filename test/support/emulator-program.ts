import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { installedFolder } from "./project.js";

/** The installed `chroma-sync-emulator`. */
export const emulatorProgram = () => path.join(installedFolder(), "node_modules/.bin/chroma-sync-emulator");

/** The program once it listens, as a process that can be killed. */
export interface RunningProgram {
  url: string;
  /** What it has printed so far. */
  output(): string;
  /** Ends it, and gives its exit code or signal. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
  child: ChildProcess;
}

/** Starts the program and waits until it says where it listens. `limits` is a line of shell before it. */
export async function startProgram(options: string[], limits = ""): Promise<RunningProgram> {
  const command = `${limits} exec "$0" "$@"`;
  const child = spawn("bash", ["-c", command, process.execPath, emulatorProgram(), ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exit = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code)),
  );
  child.stderr.on("data", (text) => {
    output += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      output += `${line}\n`;
      const listening = /^listening on (\S+)$/.exec(line)?.[1];
      if (listening) resolve(listening);
    });
    exit.then(() => reject(new Error(`it ended: ${output}`)));
  });
  return {
    url,
    child,
    output: () => output,
    end(signal) {
      child.kill(signal);
      return exit;
    },
  };
}
