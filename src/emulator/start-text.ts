import { spawn } from "node:child_process";
import type { LoggedRequest } from "./http/request-log.js";
import type { Emulator, EmulatorOptions } from "./options.js";

/** What the program prints once it listens: what it serves, and the lines to set. */
export function startText(emulator: Emulator, options: EmulatorOptions): string {
  const { url, consoleUrl, token, adminToken } = emulator;
  const { sources = [], buckets = {}, repositories = {} } = options.seed ?? {};
  const serves = [
    counted(sources.length, "source"),
    counted(Object.keys(buckets).length, "bucket"),
    counted(Object.keys(repositories).length, "repository", "repositories"),
  ];
  const state = options.data === undefined ? "state in memory" : `state in ${options.data}`;
  return [
    `listening on ${url}`,
    `serving ${serves.join(", ")}; ${state}${options.chroma ? `; chunks also into ${options.chroma}` : ""}`,
    "",
    `  export CHROMA_SYNC_ENDPOINT=${url}`,
    `  export CHROMA_API_KEY=${quoted(token)}`,
    `  console: ${consoleUrl}`,
    ...(adminToken === undefined
      ? []
      : [`  /_emulator/* requires the header x-emulator-token: ${adminToken}`]),
    "",
  ].join("\n");
}

/** A line of `--log`. */
export function logLine({ at, method, path, status, ms, fault }: LoggedRequest): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const end = status === undefined ? "no reply" : String(status);
  return `${time} ${method} ${path} ${end} ${Math.round(ms ?? 0)} ms${fault ? ` (fault: ${fault})` : ""}`;
}

/** Opens an address in the user's browser: the program of `BROWSER`, or the one of the system. */
export function openBrowser(url: string): void {
  const [command, ...args] = browserCommand();
  const child = spawn(command!, [...args, url], { stdio: "ignore", detached: true });
  child.once("error", () => console.error(`no browser could be started: open ${url} yourself`));
  child.unref();
}

function browserCommand(): string[] {
  if (process.env.BROWSER) return [process.env.BROWSER];
  if (process.platform === "darwin") return ["open"];
  return process.platform === "win32" ? ["rundll32", "url.dll,FileProtocolHandler"] : ["xdg-open"];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A key as a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
