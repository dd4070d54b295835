// How close does a batch of N objects come to a bare loop of N POSTs?

import { keep, median, spread, table } from "../numbers.mjs";
import { emulator, rawLoop, Stack } from "../stack.mjs";

const SIZES = (process.env.BENCH_SIZES ?? "1,100,1000,10000,100000").split(",").map(Number);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const CONNECTIONS = 32;

// 24 bytes a key and 8 a version.
const list = (n, changed) =>
  Array.from({ length: n }, (_, i) => ({
    objectKey: `tenant-a/docs/${String(i).padStart(7, "0")}.md`,
    version: i === changed ? "changed0" : "abcdef01",
  }));
const program = `
const { ChromaSyncInvocationBatch } = require("pulumi-chroma-sync");
new ChromaSyncInvocationBatch("batch", { sourceId: "0192f0c1-5d3e-7b7a-9c53-000000000002", concurrency: ${CONNECTIONS}, objects: require("./objects.json") });
`;

const found = Object.fromEntries(
  SIZES.map((n) => [n, { loop: [], up: [], offUp: [], noop: [], one: [], memory: [], bytes: [] }]),
);
for (let round = 0; round < ROUNDS; round++)
  for (const n of SIZES) {
    const service = await emulator();
    const result = found[n];
    const keys = list(n).map(({ objectKey }) => objectKey);
    result.loop.push(await rawLoop(service.url, keys, CONNECTIONS));
    for (const journal of ["on", "off"]) {
      const stack = new Stack(service.url, { "index.js": program, "objects.json": JSON.stringify(list(n)) });
      if (journal === "off") stack.env.CHROMA_SYNC_JOURNAL = "off";
      const up = await stack.run("up");
      if (journal === "off") result.offUp.push(up.seconds);
      else {
        result.up.push(up.seconds);
        result.memory.push(up.peak);
        result.bytes.push(stack.stateBytes());
        result.noop.push((await stack.run("up")).seconds);
        stack.write({ "objects.json": JSON.stringify(list(n, 0)) });
        result.one.push((await stack.run("up")).seconds);
      }
      stack.remove();
    }
    service.close();
    console.log(`round ${round + 1}, ${n} keys: ${JSON.stringify(result)}`);
  }

const single = found[SIZES[0]];
const rows = SIZES.map((n) => {
  const { loop, up, offUp, noop, one, memory, bytes } = found[n];
  const over = (median(up) - median(single.up)) / median(loop);
  return [
    n.toLocaleString("en-US"),
    spread(loop),
    spread(up),
    spread(offUp),
    n === SIZES[0] ? "–" : over.toFixed(2),
    spread(noop),
    spread(one),
    spread(memory, 0),
    n === SIZES[0] ? "–" : ((median(bytes) - median(single.bytes)) / (n - SIZES[0])).toFixed(1),
  ];
});
const head = [
  "keys",
  "raw loop, s",
  "up, s",
  "up without journal, s",
  "(up − one-key up) / loop",
  "no-op, s",
  "one changed, s",
  "provider, MB",
  "state bytes a key",
];
keep("batch", "A batch against a bare loop", table(head, rows), found);
