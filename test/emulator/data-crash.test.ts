import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { Agent, request } from "undici";
import { temporaryFolder } from "../provider/context.js";
import { startProgram } from "../support/emulator-program.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const KILLS = Number(process.env.KILLS ?? 4);
const CONNECTIONS = 16;
const folder = temporaryFolder();
const seed = path.join(folder, "seed.json");
fs.writeFileSync(
  seed,
  JSON.stringify({
    sources: [{ id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "obj" } }],
  }),
);
const options = (data: string) => ["--token", "k", "--pending", "3600000", "--seed", seed, "--data", data];
const headers = { "x-chroma-token": "k", "content-type": "application/json" };

async function create(
  url: string,
  dispatcher?: Agent,
): Promise<{ status: number; id: string; text: string }> {
  const answer = await request(`${url}/api/v1/sources/${S3}/invocations`, {
    method: "POST",
    headers,
    body: JSON.stringify({ object_key: "docs/a.md" }),
    ...(dispatcher ? { dispatcher } : {}),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, id: JSON.parse(text).invocation_id, text };
}

async function known(url: string): Promise<Set<string>> {
  const jobs = (await (await fetch(`${url}/_emulator/jobs`)).json()) as { id: string }[];
  return new Set(jobs.map(({ id }) => id));
}

test(`nothing that was acknowledged is lost in ${KILLS} kills`, async () => {
  const data = path.join(folder, "state.jsonl");
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    const program = await startProgram(options(data));
    const dispatcher = new Agent({ connections: CONNECTIONS });
    const before = acknowledged.size;
    let isUp = true;
    const workers = Array.from({ length: CONNECTIONS }, async () => {
      while (isUp)
        try {
          acknowledged.add((await create(program.url, dispatcher)).id);
        } catch {
          return;
        }
    });
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 400));
    expect(await program.end("SIGKILL")).toBe("SIGKILL");
    isUp = false;
    await Promise.all(workers);
    await dispatcher.destroy();
    expect(acknowledged.size).toBeGreaterThan(before);
  }
  const program = await startProgram(options(data));
  const found = await known(program.url);
  expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
  if (process.env.KILLS) console.log(`${acknowledged.size} acknowledged, ${found.size} found`);
  expect(await program.end("SIGTERM")).toBe(0);
});

test("a second program on the file is refused, and one after a kill is not", async () => {
  const data = path.join(folder, "locked.jsonl");
  const program = await startProgram(options(data));
  await expect(startProgram(options(data))).rejects.toThrow(
    `in use by another emulator, process ${program.child.pid}. Stop it or choose another file`,
  );
  expect((await create(program.url)).status).toBe(201);
  await program.end("SIGKILL");
  const again = await startProgram(options(data));
  expect((await known(again.url)).size).toBe(1);
  await again.end("SIGTERM");
});

test("a full disk is a 500 with its reason, and no crash; with space again, all is made up for", async () => {
  const data = path.join(folder, "full.jsonl");
  const program = await startProgram(options(data), "ulimit -S -f 16;");
  const created: string[] = [];
  let failed = await create(program.url);
  for (; failed.status === 201; failed = await create(program.url)) created.push(failed.id);
  expect(failed).toMatchObject({
    status: 500,
    text: expect.stringMatching(/data file cannot be written: EFBIG/),
  });
  expect((await create(program.url)).status).toBe(500);
  // Whole records alone: what did not fit is not in the way of those that come later.
  const raised = spawnSync("prlimit", ["--pid", String(program.child.pid), "--fsize=unlimited"]);
  if (raised.status === 0) {
    const later = await create(program.url);
    expect(later.status).toBe(201);
    created.push(later.id);
  }
  await program.end("SIGKILL");
  const again = await startProgram(options(data));
  const found = await known(again.url);
  expect(created.length).toBeGreaterThan(10);
  expect(created.filter((id) => !found.has(id))).toEqual([]);
  await again.end("SIGTERM");
});
