import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { ChromaSyncClient } from "../../src/api/index.js";
import { temporaryFolder } from "../provider/context.js";
import { installedFolder } from "../support/project.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const folder = temporaryFolder();
let seeds = 0;
function seedFile(seed: object): string {
  const file = path.join(folder, `seed-${seeds++}.json`);
  fs.writeFileSync(file, JSON.stringify(seed));
  return file;
}
const bin = () => path.join(installedFolder(), "node_modules/.bin/chroma-sync-emulator");

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

test.each([
  [["--port", "x"], /--port takes a whole number/],
  [["--sed", "x"], /Unknown option '--sed'/],
  [["--seed", "/no/such/file"], /ENOENT/],
  [["--seed", seedFile({ sourcs: [] })], /is no seed:\n.*sourcs/],
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
