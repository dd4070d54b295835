import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { installedFolder } from "../support/project.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const bin = () => path.join(installedFolder(), "node_modules/.bin/chroma-sync-emulator");

test("the program says where it listens, takes its seed, and ends at SIGTERM", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-seed-"));
  const seed = path.join(folder, "seed.json");
  const s3 = { bucket_name: "b", region: "r", collection_name: "c" };
  fs.writeFileSync(
    seed,
    JSON.stringify({ sources: [{ id: S3, database_name: "db", s3 }], buckets: { b: folder } }),
  );
  const child = spawn(bin(), ["--token", "t", "--seed", seed], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = new Promise((resolve) => child.once("exit", resolve));
  for await (const line of createInterface(child.stdout)) {
    const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
    expect(url).toBeDefined();
    const reply = await fetch(`${url}/api/v1/sources/${S3}`, { headers: { "x-chroma-token": "t" } });
    expect(await reply.json()).toMatchObject({ id: S3, s3 });
    break;
  }
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
  fs.rmSync(folder, { recursive: true });
});

test.each([
  [["--port", "x"], /--port takes a whole number/],
  [["--sed", "x"], /Unknown option '--sed'/],
  [["--seed", "/no/such/file"], /ENOENT/],
])("%j is one error with the usage", async (args, message) => {
  const child = spawn(bin(), args, { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.on("data", (chunk) => {
    text += chunk;
  });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
  expect(text).toMatch(message);
  expect(text).toContain("--seed FILE");
});
