import { spawn } from "node:child_process";
import { Terminal } from "@xterm/headless";

/** What a terminal showed at one moment, line by line. */
export interface Screen {
  /** Milliseconds since the command was started. */
  at: number;
  lines: string[];
}

/** Runs a command in a terminal of so many columns; returns every screen that it showed, and how it ended. */
export function inTerminal(
  command: string,
  columns: number,
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<{ code: number; screens: Screen[] }> {
  const rows = 40;
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: false });
  const screens: Screen[] = [];
  const started = Date.now();
  // A pseudo-terminal of the system's own, without a native module.
  const child = spawn("script", ["-qec", `stty cols ${columns} rows ${rows}; ${command}`, "/dev/null"], {
    ...options,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const keep = () => {
    const { active } = terminal.buffer;
    const all = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? "",
    );
    const lines = all.filter((line) => line !== "");
    if (lines.join("\n") !== screens.at(-1)?.lines.join("\n"))
      screens.push({ at: Date.now() - started, lines });
  };
  child.stdout.on("data", (chunk: Buffer) => terminal.write(chunk, keep));
  return new Promise((resolve) => {
    child.once("close", (code) => terminal.write("", () => resolve({ code: code ?? 1, screens })));
  });
}
