import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { type Browser, chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const INSTALL_LIMIT_MS = 300_000;

/**
 * The Chromium of this machine: the one of `CHROMIUM`, or Debian's, which is installed if it is missing and can be.
 * Undefined if there is none; in CI that is an error.
 */
export function chromiumPath(): string | undefined {
  const found = installed() ?? (install() ? installed() : undefined);
  if (found || !process.env.CI) return found;
  throw new Error(
    `The console is tested in a real Chromium, and none of ${PLACES.join(", ")} is there. ` +
      "Install Debian's package chromium, or set CHROMIUM to a program.",
  );
}

/** Starts a Chromium without a window. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

function installed(): string | undefined {
  return [process.env.CHROMIUM ?? "", ...PLACES].find((file) => file && fs.existsSync(file));
}

/** Only as root on Debian, as in CI: no developer machine is changed. */
function install(): boolean {
  if (process.getuid?.() !== 0 || !fs.existsSync("/etc/debian_version")) return false;
  const apt = (...args: string[]) =>
    spawnSync("apt-get", args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout: INSTALL_LIMIT_MS,
    }).status === 0;
  return apt("-q", "update") && apt("-q", "install", "-y", "--no-install-recommends", "chromium");
}
