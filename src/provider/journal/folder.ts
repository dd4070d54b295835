import * as fs from "node:fs";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { Disk } from "./disk.js";

/** An entry is some hundred bytes, that of a batch of a million objects some 100 MB. */
const LARGEST_BYTES = 512 * 1024 * 1024;

// A link in the place of an entry would write somewhere else.
const APPENDING = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** Where the journal is: a folder of its own, `off`, or undefined for the default below Pulumi's home. */
export function journalFolder(
  configured: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (configured === "off") return undefined;
  if (configured) return path.resolve(configured);
  return path.join(pulumiHome(environment), "chroma-sync", "journal");
}

/** Entries as files of one folder, readable by their owner alone. */
export class Folder implements Disk {
  readonly #folder: string;
  /** Entries whose names this process has made durable. */
  readonly #synced = new Set<string>();

  /** @throws Error if the folder is not there and cannot be made. */
  constructor(folder: string) {
    this.#folder = folder;
    makeFolder(folder);
  }

  read(name: string): string | undefined {
    const file = this.place(name);
    const found = fs.lstatSync(file, { throwIfNoEntry: false });
    if (!found) return undefined;
    if (!found.isFile()) throw new Error(`${file} is not a file`);
    if (found.size > LARGEST_BYTES) throw new Error(`${file} is larger than any entry`);
    return fs.readFileSync(file, "utf8");
  }

  append(name: string, text: string): void {
    const handle = fs.openSync(this.place(name), APPENDING, 0o600);
    try {
      fs.appendFileSync(handle, text);
    } finally {
      fs.closeSync(handle);
    }
  }

  async appendDurably(name: string, text: string): Promise<void> {
    const handle = await open(this.place(name), APPENDING, 0o600);
    try {
      await handle.appendFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    if (!this.#synced.has(name)) await syncFolder(this.#folder);
    this.#synced.add(name);
  }

  replace(name: string, text: string | undefined): void {
    const file = this.place(name);
    if (text === undefined) {
      fs.rmSync(file, { force: true });
      return;
    }
    const own = `${file}.${process.pid}`;
    fs.writeFileSync(own, text, { mode: 0o600, flush: true });
    fs.renameSync(own, file);
  }

  names(): string[] {
    return fs.readdirSync(this.#folder).filter((name) => name.endsWith(SUFFIX));
  }

  place(name: string): string {
    return path.join(this.#folder, name);
  }
}

/** How the name of an entry ends. */
export const SUFFIX = ".log";

/** One level after the other: Node's own recursion never ends below /proc. */
function makeFolder(folder: string): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`${folder} is not a folder`);
  makeFolder(parent);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !fs.statSync(folder).isDirectory()) throw error;
  }
}

/** A new name is safe once its folder is; some systems cannot do that, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * The place that holds the stack's state, as text: two stacks of one name in different backends are two.
 * A relative file URL means a place below the project.
 */
export function backendUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const url = (environment.PULUMI_BACKEND_URL || currentLogin(environment)).replace(/\/+$/, "");
  const relative = /^file:\/\/(\.{1,2}(\/.*)?)$/.exec(url);
  return relative ? `file://${path.resolve(relative[1]!)}` : url;
}

function currentLogin(environment: NodeJS.ProcessEnv): string {
  try {
    const file = path.join(pulumiHome(environment), "credentials.json");
    return JSON.parse(fs.readFileSync(file, "utf8")).current ?? "";
  } catch {
    return "";
  }
}

function pulumiHome(environment: NodeJS.ProcessEnv): string {
  return environment.PULUMI_HOME || path.join(os.homedir(), ".pulumi");
}
