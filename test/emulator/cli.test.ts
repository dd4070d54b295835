import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { ChromaSyncClient } from "../../src/api/index.js";
import { temporaryFolder } from "../provider/context.js";
import { emulatorProgram, startProgram } from "../support/emulator-program.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const folder = temporaryFolder();
let seeds = 0;
function seedFile(seed: object): string {
  const file = path.join(folder, `seed-${seeds++}.json`);
  fs.writeFileSync(file, JSON.stringify(seed));
  return file;
}
const bin = emulatorProgram;

test("the program says where it listens, takes its seed, and ends at SIGTERM", async () => {
  const s3 = { bucket_name: "b", region: "r", collection_name: "c" };
  const seed = seedFile({ sources: [{ id: S3, database_name: "db", s3 }], buckets: { b: "." } });
  const options = ["--token", "t", "--token", "u", "--pending", "0", "--processing", "0", "--seed", seed];
  const child = spawn(bin(), options, { stdio: ["ignore", "pipe", "inherit"] });
  const exit = new Promise((resolve) => child.once("exit", resolve));
  for await (const line of createInterface(child.stdout)) {
    const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
    expect(url).toBeDefined();
    for (const token of ["t", "u"]) {
      const reply = await fetch(`${url}/api/v1/sources/${S3}`, { headers: { "x-chroma-token": token } });
      expect(await reply.json()).toMatchObject({ id: S3, s3 });
    }
    // The bucket is the folder that the seed is in.
    const client = new ChromaSyncClient({ apiKey: "t", endpoint: url! });
    const id = await client.createInvocation(S3, { object_key: path.basename(seed) });
    expect((await client.getInvocation(id)).status).toMatchObject({ complete: {} });
    await client.close();
    break;
  }
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
});

test("it says what it serves and what to set, and serves the console of the package", async () => {
  const seed = seedFile({ buckets: { b: "." }, repositories: { "a/b": "." } });
  const program = await startProgram(["--seed", seed, "--token", "it's"]);
  const { url } = program;
  expect(program.output()).toBe(
    `listening on ${url}\nserving 0 sources, 1 bucket, 1 repository; state in memory\n\n` +
      `  export CHROMA_SYNC_ENDPOINT=${url}\n  export CHROMA_API_KEY='it'\\''s'\n  console: ${url}/\n\n`,
  );
  const page = await (await fetch(url)).text();
  const files = [...page.matchAll(/"(\/_console\/[^"]+)"/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect((await fetch(url + file)).status).toBe(200);
  expect(await program.end("SIGTERM")).toBe(0);
});

test("on every address it prints the keys that it made", async () => {
  const program = await startProgram(["--host", "0.0.0.0"]);
  const [, key] = /CHROMA_API_KEY=([\w-]{24})\n/.exec(program.output()) ?? [];
  const [, admin] = /console: \S+\/#key=([\w-]{24})\n/.exec(program.output()) ?? [];
  const url = program.url.replace("0.0.0.0", "127.0.0.1");
  expect(program.output()).toContain(`/_emulator/* requires the header x-emulator-token: ${admin}\n`);
  expect((await fetch(`${url}/api/v1/sources`, { headers: { "x-chroma-token": key! } })).status).toBe(200);
  expect((await fetch(`${url}/_emulator/jobs`)).status).toBe(401);
  expect((await fetch(`${url}/_emulator/jobs`, { headers: { "x-emulator-token": admin! } })).status).toBe(
    200,
  );
  await program.end("SIGTERM");
});

test("--log prints a line for each request, --open opens the console", async () => {
  const opened = path.join(folder, "opened");
  const browser = path.join(folder, "browser");
  fs.writeFileSync(browser, `#!/bin/sh\necho "$1" > ${opened}\n`, { mode: 0o755 });
  const program = await startProgram(["--log", "--open", "--admin-token", "a b"], `BROWSER=${browser}`);
  await fetch(`${program.url}/api/v1/sources?limit=1`);
  await fetch(`${program.url}/health`);
  await fetch(`${program.url}/_emulator/faults`, {
    method: "POST",
    headers: { "x-emulator-token": "a b" },
    body: JSON.stringify({ kind: "reset-before" }),
  });
  await expect(fetch(`${program.url}/health`)).rejects.toThrow();
  await program.end("SIGTERM");
  const time = String.raw`\d\d:\d\d:\d\d\.\d{3}`;
  const lines = [
    "GET /api/v1/sources 401",
    "GET /health 200",
    "POST /_emulator/faults 200",
    "GET /health no reply",
  ];
  for (const line of lines) expect(program.output()).toMatch(new RegExp(`\n${time} ${line} \\d+ ms`));
  expect(program.output()).toMatch(/no reply \d+ ms \(fault: reset-before\)\n/);
  expect(fs.readFileSync(opened, "utf8")).toBe(`${program.url}/#key=a%20b\n`);
});

test("it keeps running when its output is no longer read", async () => {
  const program = await startProgram(["--log"]);
  program.child.stdout!.destroy();
  for (let n = 0; n < 3; n++) expect((await fetch(`${program.url}/health`)).status).toBe(200);
  expect(await program.end("SIGTERM")).toBe(0);
});

test.each([
  [["--data", path.join(folder, "no/such/folder")], /the folder .*no\/such does not exist/],
  [["--data", "/dev/full"], /is not a regular file/],
  [["--port", "x"], /--port requires a whole number/],
  [["--sed", "x"], /Unknown option '--sed'/],
  [["--seed", "/no/such/file"], /ENOENT/],
  [["--seed", seedFile({ sourcs: [] })], /is not a seed:\n.*sourcs/],
  [["--seed", seedFile({ buckets: { b: "absent" } })], /the folder of b, \/.*\/absent, does not exist/],
])("%j is one error that says where the options are", async (args, message) => {
  const child = spawn(bin(), args, { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.on("data", (chunk) => {
    text += chunk;
  });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
  expect(text).toMatch(message);
  expect(text).toContain("--help lists the options");
  expect(text).not.toContain("at ");
});
