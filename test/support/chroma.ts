import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";

const VERSION = "1.5.9";

/** A real Chroma server from PyPI, installed once into the cache; the npm build of it needs a newer libc. */
export async function chromaServer(): Promise<{ url: string; close(): Promise<void> }> {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
  const venv = path.join(cache, "pulumi-chroma-sync", `chromadb-${VERSION}`);
  if (!fs.existsSync(path.join(venv, "installed"))) {
    fs.rmSync(venv, { recursive: true, force: true });
    execFileSync("python3", ["-m", "venv", venv], { stdio: "pipe" });
    execFileSync(path.join(venv, "bin/pip"), ["install", "--quiet", `chromadb==${VERSION}`], {
      stdio: "pipe",
    });
    fs.writeFileSync(path.join(venv, "installed"), "");
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-server-"));
  const port = await freePort();
  const child = spawn(
    path.join(venv, "bin/chroma"),
    ["run", "--path", folder, "--host", "127.0.0.1", "--port", String(port)],
    { stdio: "ignore", env: { ...process.env, ANONYMIZED_TELEMETRY: "False" } },
  );
  const url = `http://127.0.0.1:${port}`;
  while (!(await isUp(url))) {
    if (child.exitCode !== null) throw new Error(`chroma run ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => {
          fs.rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        child.kill();
      }),
  };
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/v2/heartbeat`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
