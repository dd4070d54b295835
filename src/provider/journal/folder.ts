import { createHmac, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Where the journal is: a folder of its own, `off`, or undefined for the default below Pulumi's home. */
export function journalFolder(
  configured: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (configured === "off") return undefined;
  if (configured) return path.resolve(configured);
  const home = environment.PULUMI_HOME || path.join(os.homedir(), ".pulumi");
  return path.join(home, "chroma-sync", "journal");
}

/** Makes the folder, for its owner alone, and returns the function that makes names and digests in it. */
export function openFolder(folder: string): (text: string) => string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = folderKey(path.join(folder, "key"));
  // Keyed, so that nobody can find out inputs or API keys by trying likely ones.
  return (text) => createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);
}

function folderKey(file: string): Buffer {
  for (;;) {
    try {
      const key = fs.readFileSync(file);
      if (key.length === 32) return key;
      fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    // Linked into place, so that of several processes one wins and none reads half a key.
    const own = `${file}.${process.pid}`;
    fs.writeFileSync(own, randomBytes(32), { mode: 0o600 });
    try {
      fs.linkSync(own, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      fs.rmSync(own, { force: true });
    }
  }
}

/**
 * The place that holds the stack's state, as text: two stacks of one name in different backends are two.
 * A relative file URL means a place below the project.
 */
export function backendUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const url = environment.PULUMI_BACKEND_URL || currentLogin(environment);
  const relative = /^file:\/\/(\.{1,2}(\/.*)?)$/.exec(url);
  return relative ? `file://${path.resolve(relative[1]!)}` : url;
}

function currentLogin(environment: NodeJS.ProcessEnv): string {
  const home = environment.PULUMI_HOME || path.join(os.homedir(), ".pulumi");
  try {
    return JSON.parse(fs.readFileSync(path.join(home, "credentials.json"), "utf8")).current ?? "";
  } catch {
    return "";
  }
}
