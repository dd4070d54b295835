import * as path from "node:path";
import { startEmulator } from "../../src/emulator/index.js";
import { create } from "../../src/provider/invocation/create.js";
import { faultProxy } from "../support/fault-proxy.js";
import { contextAt, surroundings, temporaryFolder } from "./context.js";
import { S3 } from "./service.js";

const folder = temporaryFolder();

test.each([
  [100],
  [20],
])("2,000 creates at once all succeed, none twice, before a service that answers 429 above %i in flight", async (limit) => {
  const emulator = await startEmulator({
    token: "key-of-the-test",
    seed: {
      sources: [
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
  });
  let inFlight = 0;
  let refusals = 0;
  const proxy = await faultProxy(emulator.url, async (passing) => {
    if (passing.method !== "POST") return;
    if (inFlight >= limit) {
      refusals++;
      return passing.answer(429);
    }
    inFlight++;
    await new Promise(setImmediate);
    await passing.forward();
    inFlight--;
  });
  const around = { ...surroundings(), random: Math.random };
  const context = contextAt(proxy.url, { "chroma-sync:journal": path.join(folder, String(limit)) }, around);
  const made = await Promise.all(
    Array.from({ length: 2000 }, (_, n) => create(context, `urn${n}`, { sourceId: S3, objectKey: `k${n}` })),
  );
  expect(new Set(made.map(({ invocationId }) => invocationId)).size).toBe(2000);
  expect(emulator.jobs()).toHaveLength(2000);
  if (limit < 64) expect(refusals).toBeGreaterThan(0);
  await proxy.close();
  await emulator.close();
});
