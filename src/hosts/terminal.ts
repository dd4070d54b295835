import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** Generations between this process and the engine: a shell may be between them. */
const MOST_PARENTS = 4;
const TERMINAL = /^\/dev\/(pts\/|tty|console)/;

/**
 * Whether the engine shows rows on a terminal that change in place. It tells nobody, and would print each line
 * of progress otherwise, so this looks at its arguments and at where its input and output go. Where that cannot
 * be seen, as on Windows, it is taken for a log.
 */
export function isInteractive(): boolean {
  known ??= isOnTerminal(process.env);
  return known;
}

let known: boolean | undefined;

function isOnTerminal(environment: NodeJS.ProcessEnv): boolean {
  // The engine shows no rows in CI, whatever it writes to.
  if (environment.CI || environment.TERM === "dumb") return false;
  try {
    const look = process.platform === "linux" ? inProc : process.platform === "darwin" ? byTools : undefined;
    let pid = process.ppid;
    for (let generation = 0; look && generation < MOST_PARENTS && pid > 1; generation++) {
      const parent = look(pid);
      if (/^pulumi(\.exe)?$/.test(parent.name))
        return !parent.args.includes("--non-interactive") && parent.files().every((at) => TERMINAL.test(at));
      pid = parent.parent;
    }
  } catch {
    // It may be another user's, or gone.
  }
  return false;
}

interface Ancestor {
  name: string;
  args: string[];
  parent: number;
  /** Where its input and output go. */
  files(): string[];
}

function inProc(pid: number): Ancestor {
  const args = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  return {
    name: path.basename(args[0] ?? ""),
    args,
    // After the name, which may hold anything.
    parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]),
    files: () => [0, 1].map((file) => fs.readlinkSync(`/proc/${pid}/fd/${file}`)),
  };
}

function byTools(pid: number): Ancestor {
  const run = (tool: string, ...args: string[]) =>
    execFileSync(tool, args, { encoding: "utf8", timeout: 2000, stdio: ["ignore", "pipe", "ignore"] }).trim();
  const [, parent, command = ""] =
    /^\s*(\d+)\s+(.*)$/s.exec(run("ps", "-o", "ppid=,command=", "-p", `${pid}`)) ?? [];
  const args = command.split(" ");
  return {
    name: path.basename(args[0] ?? ""),
    args,
    parent: Number(parent),
    files: () =>
      run("lsof", "-a", "-p", `${pid}`, "-d", "0,1", "-Fn")
        .split("\n")
        .filter((line) => line.startsWith("n"))
        .map((line) => line.slice(1)),
  };
}
