import { ChromaSyncClient, type ChromaSyncError, ResponseError } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";

let emulator: Emulator;
let client: ChromaSyncClient;
beforeEach(async () => {
  emulator = await startEmulator({
    token: "k",
    seed: {
      sources: [{ id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "o" } }],
    },
  });
  client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k", retries: 0, requestTimeoutMs: 2000 });
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const post = () =>
  client.createInvocation(S3, { object_key: "a" }).then(
    () => "created",
    (error: ChromaSyncError) => error,
  );

test.each([
  [{ kind: "status" }, "ambiguous", 0],
  [{ kind: "status", status: 429, retryAfter: 3 }, "not-processed", 0],
  [{ kind: "expired-key" }, "refused", 0],
  [{ kind: "reset-before" }, "ambiguous", 0],
  [{ kind: "reset-after" }, "ambiguous", 1],
  [{ kind: "truncated-body" }, "ambiguous", 1],
  [{ kind: "garbage-json" }, "ambiguous", 1],
] as const)("%j is %s to the client, and leaves %i jobs", async (fault, outcome, jobs) => {
  emulator.faults.add({ operation: "create_job", ...fault });
  expect(await post()).toMatchObject({ outcome });
  expect(emulator.jobs()).toHaveLength(jobs);
});

test.each([
  ["delay-before"],
  ["delay-after"],
  ["slow-drip"],
  ["wrong-content-type"],
] as const)("%s succeeds", async (kind) => {
  emulator.faults.add({ kind, delayMs: 50 });
  expect(await post()).toBe("created");
});

test("Retry-After reaches the client", async () => {
  emulator.faults.add({ kind: "status", status: 429, retryAfter: 3 });
  expect(await post()).toMatchObject({ retryAfterMs: 3000 } satisfies Partial<ResponseError>);
});

test("a fault hits as often as it says, one operation alone, and goes when it is cleared", async () => {
  emulator.faults.add({ operation: "create_job", kind: "status", times: 2 });
  expect(await client.listInvocations()).toEqual([]);
  expect([await post(), await post(), await post()].map((one) => one === "created")).toEqual([
    false,
    false,
    true,
  ]);
  emulator.faults.add({ kind: "status" });
  emulator.faults.clear();
  expect(await post()).toBe("created");
});

test("a probability of 0 hits nothing", async () => {
  emulator.faults.add({ kind: "status", probability: 0 });
  expect(await post()).toBe("created");
});

test("another process adds, lists and clears them over HTTP, and bad ones are refused", async () => {
  const faults = `${emulator.url}/_emulator/faults`;
  const send = (method: string, body?: object) =>
    fetch(faults, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  expect((await send("POST", { operation: "create_job", kind: "reset-before" })).status).toBe(200);
  expect(await post()).toBeInstanceOf(Error);
  expect(await (await send("GET")).json()).toMatchObject([{ kind: "reset-before" }]);
  expect((await send("POST", { kind: "surprise" })).status).toBe(400);
  expect(await (await send("DELETE")).json()).toEqual([]);
  expect(await post()).toBe("created");
});

test("above so many in flight it answers 429", async () => {
  emulator.behaviour.maxInFlight = 2;
  emulator.faults.add({ operation: "create_job", kind: "delay-before", delayMs: 100 });
  const answers = await Promise.all(Array.from({ length: 6 }, post));
  const refused = answers.filter((one) => one instanceof ResponseError && one.status === 429);
  expect([refused.length, emulator.jobs().length]).toEqual([4, 2]);
});
