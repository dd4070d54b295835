import * as fs from "node:fs";
import * as path from "node:path";

/** Files that this process has locked: its own id tells nothing about those. */
const own = new Set<string>();

/**
 * Locks a file against a second emulator, and returns what unlocks it. Each process leaves a note of its own
 * beside the file and then looks for those of others, so that two can never both find it free. The note of a
 * process that was killed is swept away.
 *
 * @throws Error if another emulator uses the file.
 */
export function lock(file: string): () => void {
  const note = `${file}.lock-${process.pid}`;
  if (own.has(note)) throw inUse(file, process.pid, note);
  fs.writeFileSync(note, "");
  own.add(note);
  const unlock = () => {
    own.delete(note);
    fs.rmSync(note, { force: true });
  };
  const prefix = `${path.basename(file)}.lock-`;
  for (const name of fs.readdirSync(path.dirname(file))) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const other = path.join(path.dirname(file), name);
    if (isAlive(pid)) {
      unlock();
      throw inUse(file, pid, other);
    }
    fs.rmSync(other, { force: true });
  }
  return unlock;
}

function inUse(file: string, pid: number, note: string): Error {
  return new Error(
    `${file} is in use by another emulator, process ${pid}. Stop it or choose another file; if that process is ` +
      `not an emulator, delete ${note}`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
