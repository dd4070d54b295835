// Is the emulator ever the bottleneck of a test?
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";
import { keep, spread, table } from "../numbers.mjs";
import { S3 } from "../stack.mjs";

const STORED = Number(process.env.BENCH_STORED ?? 100_000);
const CONNECTIONS = 16;
const REQUESTS = 5000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

if (process.send) {
  const { startEmulator } = await import("../../dist/src/emulator/index.js");
  const sources = [
    { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
  ];
  const service = await startEmulator({ token: "k", seed: { sources }, pendingMs: 3_600_000 });
  process.on("message", () => {
    globalThis.gc?.();
    process.send(process.memoryUsage().rss);
  });
  process.send(service.url);
} else {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ["--expose-gc"] });
  const message = () => new Promise((resolve) => child.once("message", resolve));
  const url = await message();
  const memory = () => {
    child.send("memory");
    return message();
  };
  const dispatcher = new Agent({ connections: CONNECTIONS });
  const send = async (method, path, body) => {
    const headers = { "x-chroma-token": "k", "content-type": "application/json" };
    const answer = await request(url + path, {
      method,
      dispatcher,
      headers,
      body: body && JSON.stringify(body),
    });
    await answer.body.text();
  };
  /** Requests per second with 16 connections. */
  const rate = async (count, one) => {
    const begun = performance.now();
    let next = 0;
    const worker = async () => {
      while (next < count) await one(next++);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    return count / ((performance.now() - begun) / 1000);
  };
  const create = (n) => send("POST", `/api/v1/sources/${S3}/invocations`, { object_key: `docs/${n}.md` });
  const list = () => send("GET", `/api/v1/invocations?source_id=${S3}&limit=100`);
  const get = () => send("GET", `/api/v1/sources/${S3}`);
  await rate(2000, create);
  const found = { create: [], list: [], get: [], createStored: [], listStored: [] };
  for (let round = 0; round < ROUNDS; round++) {
    found.create.push(await rate(REQUESTS / 5, create));
    found.list.push(await rate(REQUESTS / 5, list));
    found.get.push(await rate(REQUESTS / 5, get));
  }
  const before = await memory();
  await rate(STORED, create);
  const perJob = ((await memory()) - before) / STORED;
  for (let round = 0; round < ROUNDS; round++) {
    found.createStored.push(await rate(REQUESTS / 5, create));
    found.listStored.push(await rate(REQUESTS / 5, list));
  }
  const rows = [
    ["get a source", spread(found.get, 0), "–"],
    ["create an invocation", spread(found.create, 0), spread(found.createStored, 0)],
    ["list 100 invocations", spread(found.list, 0), spread(found.listStored, 0)],
    ["memory a job, bytes", "–", perJob.toFixed(0)],
  ];
  const head = ["requests per second, 16 connections", "few jobs", `${STORED.toLocaleString("en-US")} jobs`];
  keep("emulator", "The emulator alone", table(head, rows), { ...found, perJob });
  child.kill();
  process.exit(0);
}
