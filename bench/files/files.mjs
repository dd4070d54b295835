// How close does a folder of N files come to a bare loop of N uploads?

import * as fs from "node:fs";
import { openAsBlob } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { Agent, FormData, fetch } from "undici";
import { keep, median, spread, table } from "../numbers.mjs";
import { emulator, KEY, Stack } from "../stack.mjs";

const SIZES = (process.env.BENCH_SIZES ?? "1,500").split(",").map(Number);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const CONNECTIONS = 8;
const packages = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../node_modules");

/** Real files: the pages that the packages of this project have. */
function copyPages(count, folder) {
  const pages = fs
    .readdirSync(packages, { recursive: true })
    .filter((name) => /\.(md|d\.ts)$/.test(name))
    .sort();
  let bytes = 0;
  let copied = 0;
  for (const name of pages) {
    if (copied === count) break;
    const { size } = fs.statSync(path.join(packages, name));
    if (size === 0) continue;
    bytes += size;
    fs.cpSync(path.join(packages, name), path.join(folder, `${copied % 10}`, `${copied++}.md`));
  }
  return bytes;
}

/** The rival: a bare loop of uploads over as many connections, in seconds. */
async function rawLoop(url, folder) {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const dispatcher = new Agent({ connections: CONNECTIONS });
  const begun = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < files.length) {
      const file = files[next++];
      const blob = await openAsBlob(file);
      const body = new FormData();
      body.append("database_name", "db");
      body.append("collection_name", "loop");
      body.append("file", blob, path.relative(folder, file));
      const headers = { "x-chroma-token": KEY, "x-upload-content-length": String(blob.size) };
      const answer = await fetch(`${url}/api/v1/add-file`, { method: "POST", body, headers, dispatcher });
      if (answer.status !== 201) throw new Error(await answer.text());
      await answer.json();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  await dispatcher.close();
  return (performance.now() - begun) / 1000;
}

const program = (folder) => `
const { ChromaSyncFiles } = require("pulumi-chroma-sync");
new ChromaSyncFiles("files", { databaseName: "db", collectionName: "docs", concurrency: ${CONNECTIONS}, folder: ${JSON.stringify(folder)} });
`;

const found = Object.fromEntries(
  SIZES.map((n) => [n, { loop: [], up: [], noop: [], one: [], memory: [], bytes: [] }]),
);
for (let round = 0; round < ROUNDS; round++)
  for (const n of SIZES) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-bench-files-"));
    const result = found[n];
    result.size = copyPages(n, folder);
    const service = await emulator();
    const stack = new Stack(service.url, { "index.js": program(folder) });
    result.loop.push(await rawLoop(service.url, folder));
    const up = await stack.run("up");
    result.up.push(up.seconds);
    result.memory.push(up.peak);
    result.bytes.push(stack.stateBytes());
    result.noop.push((await stack.run("up")).seconds);
    fs.appendFileSync(path.join(folder, "0/0.md"), "\nchanged\n");
    result.one.push((await stack.run("up")).seconds);
    const accepted = await service.count();
    if (accepted !== 2 * n + 1) throw new Error(`${accepted} uploads of ${n} files`);
    stack.remove();
    service.close();
    fs.rmSync(folder, { recursive: true });
    console.log(`round ${round + 1}, ${n} files: ${JSON.stringify(result)}`);
  }

const single = found[SIZES[0]];
const rows = SIZES.map((n) => {
  const { loop, up, noop, one, memory, bytes, size } = found[n];
  const isFirst = n === SIZES[0];
  return [
    n.toLocaleString("en-US"),
    (size / 1024 / 1024).toFixed(2),
    spread(loop),
    spread(up),
    isFirst ? "–" : ((median(up) - median(single.up)) / median(loop)).toFixed(2),
    spread(noop),
    spread(one),
    spread(memory, 0),
    isFirst ? "–" : ((median(bytes) - median(single.bytes)) / (n - SIZES[0])).toFixed(1),
  ];
});
const head = [
  "files",
  "MiB",
  "raw loop, s",
  "up, s",
  "(up − one-file up) / loop",
  "no-op, s",
  "one changed, s",
  "provider, MB",
  "state bytes a file",
];
keep("files", "A folder of files against a bare loop of uploads", table(head, rows), found);
