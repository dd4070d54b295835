import { type Emulator, startEmulator } from "../../../src/emulator/index.js";
import { remove } from "../../../src/provider/invocation/delete.js";
import type { InvocationState } from "../../../src/provider/invocation/state.js";
import { contextAt } from "../context.js";
import { S3 } from "../service.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    token: "key-of-the-test",
    pendingMs: 600_000,
    seed: {
      sources: [{ id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "o" } }],
    },
  });
});
afterEach(() => emulator.close());

const context = (settings = {}) => contextAt(emulator.url, settings);
const start = () => context().client().createInvocation(S3, { object_key: "a" });
const state = (id: string, more: object = {}): InvocationState => ({
  sourceId: S3,
  invocationId: id,
  status: "pending",
  ...more,
});
const cancels = () => emulator.requests.filter((line) => line.startsWith("PUT")).length;

test("a pending invocation is cancelled", async () => {
  const id = await start();
  await remove(context(), id, state(id));
  expect(emulator.jobs()[0]!.status).toBe("cancelled");
});

test.each([["complete"], ["failed"], ["cancelled"]])("a recorded end sends nothing: %s", async (status) => {
  const id = await start();
  await remove(context(), id, state(id, { status }));
  expect(cancels()).toBe(0);
});

test("a rejected key stops the delete of a finished one too; a service that cannot tell does not", async () => {
  const id = await start();
  const finished = state(id, { status: "complete" });
  const wrong = context({ "chroma-sync:apiKey": "other" });
  const before = emulator.requests.length;
  for (const one of [finished, state(id, { adopted: true })])
    await expect(remove(wrong, id, one)).rejects.toThrow(/rejected the API key/);
  await remove(context(), id, finished);
  await remove(contextAt("http://127.0.0.1:1"), id, finished);
  // One request for each run, and none where nothing is to be asked.
  await remove(wrong, id, { ...finished, cancelOnDelete: false });
  expect(emulator.requests.length - before).toBe(2);
});

test("without a key a finished one stays in state, since its source could not be deleted either", async () => {
  const keyless = contextAt(emulator.url, { "chroma-sync:apiKey": "" });
  await expect(remove(keyless, "i", state("i", { status: "complete" }))).rejects.toThrow(/No Chroma API key/);
});

test("what was adopted, or what this process has returned, is not cancelled", async () => {
  const id = await start();
  await remove(context(), id, state(id, { adopted: true }));
  const same = context();
  same.createdInRun.set(id, "urn");
  await remove(same, id, state(id));
  await remove(context(), id, state(id, { cancelOnDelete: false }));
  expect(cancels()).toBe(0);
});

test("what is gone or runs already does not stop the stack", async () => {
  await remove(context(), "0192f0c1-5d3e-7b7a-9c53-00000000ffff", state("x"));
  const id = await start();
  emulator.behaviour.pendingMs = 0;
  await remove(context(), id, state(id));
});

test("a service that cannot be reached is a warning", async () => {
  const unreachable = contextAt("http://127.0.0.1:1");
  await remove(unreachable, "i", state("i"));
  expect(unreachable.warnings).toEqual([expect.stringContaining("was not cancelled")]);
});

test("a refused key stops it, and says how to continue without a request", async () => {
  const id = await start();
  await expect(remove(context({ "chroma-sync:apiKey": "other" }), id, state(id))).rejects.toThrow(
    /--run-program.*cancelOnDelete: false/s,
  );
});
