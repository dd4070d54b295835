import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";

/** The process that made an entry. A process id alone may have been given to another since. */
export interface Owner {
  host: string;
  pid: number;
  /** When it started, in the words of the system; empty if the system does not say. */
  start: string;
}

/** This process. */
export const SELF: Owner = { host: os.hostname(), pid: process.pid, start: startOf(process.pid) };

/** Whether two are the same process. */
export function sameOwner(a: Owner, b: Owner): boolean {
  return a.host === b.host && a.pid === b.pid && a.start === b.start;
}

/**
 * Whether the process is still running. One of another machine counts as gone: the backend lets only one
 * update of a stack run at a time, so whoever runs now has the lock that the other one had.
 */
export function isAlive(owner: Owner): boolean {
  if (owner.host !== SELF.host) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startOf(owner.pid) === owner.start;
}

function startOf(pid: number): string {
  try {
    if (process.platform === "linux") {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // A process that ended but was not waited for sends nothing any more.
      return fields[0] === "Z" ? "ended" : fields[19]!;
    }
    if (process.platform === "win32") return "";
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
