// How many requests does waiting cost? Real sockets, the provider's own poller, waiters of one source.

import { startEmulator } from "../../dist/src/emulator/index.js";
import { createContext } from "../../dist/src/provider/run/create-context.js";
import { sleep } from "../../dist/src/provider/sleep.js";
import { keep, table } from "../numbers.mjs";
import { S3 } from "../stack.mjs";

const WAITERS = (process.env.BENCH_WAITERS ?? "1,100,5000").split(",").map(Number);
const SECONDS = 30;

const rows = [];
const found = {};
for (const waiters of WAITERS) {
  const sources = [
    { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
  ];
  const service = await startEmulator({
    token: "k",
    seed: { sources },
    pendingMs: SECONDS * 1000,
    processingMs: 0,
  });
  const values = {
    "chroma-sync:apiKey": "k",
    "chroma-sync:endpoint": service.url,
    "chroma-sync:journal": "off",
  };
  const context = createContext((name) => values[name], {
    warn: console.warn,
    progress: () => {},
    isInteractive: () => false,
    info: () => {},
    requireEngine: async () => {},
    cancelled: new AbortController().signal,
    now: Date.now,
    sleep,
    random: Math.random,
  });
  const client = context.client();
  const ids = [];
  for (let i = 0; i < waiters; i++) ids.push(await client.createInvocation(S3, { object_key: `k${i}` }));
  service.requests.length = 0;
  // Looks of one tick come close together; a pause of 200 ms is between two ticks.
  const times = [];
  const push = service.requests.push.bind(service.requests);
  service.requests.push = (...lines) => {
    times.push(performance.now());
    return push(...lines);
  };
  const begun = performance.now();
  await Promise.all(
    ids.map(
      (invocationId) =>
        new Promise((resolve, reject) => {
          const stop = new AbortController();
          context.poller.watch({
            sourceId: S3,
            invocationId,
            pauseMs: undefined,
            signal: stop.signal,
            seen(job) {
              if (typeof job.status === "string") return;
              stop.abort();
              resolve();
            },
            refused: reject,
          });
        }),
    ),
  );
  const seconds = (performance.now() - begun) / 1000;
  const ticks = [];
  for (const [index, time] of times.entries()) {
    if (index === 0 || time - times[index - 1] > 200) ticks.push(0);
    ticks[ticks.length - 1]++;
  }
  const most = Math.max(...ticks);
  found[waiters] = { requests: times.length, seconds, ticks };
  rows.push([
    waiters.toLocaleString("en-US"),
    times.length,
    (times.length / waiters).toFixed(2),
    (times.length / seconds).toFixed(1),
    most,
    Math.floor(waiters / 100) + 2,
  ]);
  await service.close();
}
const head = ["waiters", "requests", "a job", "a second", "most in a tick", "goal: waiters / 100 + 2"];
keep("waiting", `What waiting costs, jobs of ${SECONDS} s`, table(head, rows), found);
process.exit(0);
