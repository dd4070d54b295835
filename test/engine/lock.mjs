import * as fs from "node:fs";
import * as path from "node:path";

const POLL_MS = 500;

/** Runs `work` while no other process does; a lock whose owner has died is taken over. */
export async function withLock(file, say, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    if (!told) say("another run is getting the engine, waiting for it");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take(file) {
  // Linked into place, so that a lock is never seen without its owner.
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    dropStale(file);
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

function dropStale(file) {
  try {
    process.kill(Number(fs.readFileSync(file, "utf8")), 0);
  } catch (error) {
    if (error.code === "ESRCH") fs.rmSync(file, { force: true });
  }
}
