import { ChromaSyncClient, ChromaSyncError, InvocationError, ResponseError } from "../../src/client/index.js";
import { httpServer } from "../support/http-server.js";

const ID = "0192f0c1-5d3e-7b7a-9c53-000000000009";
const job = (status: unknown) => ({ id: ID, created_at: "t", status, metadata: {} });
const COMPLETE = { complete: { finished_at: "t", duration_ms: 3 } };

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A client of a server that gives these replies in turn, and the last one from then on. */
async function answering(...replies: unknown[]) {
  let count = 0;
  const server = await httpServer((_request, response) => {
    const reply = replies[Math.min(count++, replies.length - 1)];
    if (typeof reply === "number") response.writeHead(reply);
    response.end(typeof reply === "number" ? "{}" : JSON.stringify(job(reply)));
  });
  const client = new ChromaSyncClient({ endpoint: server.url, apiKey: "k", retries: 0 });
  open.push(
    () => client.close(),
    () => server.close(),
  );
  return { client, looks: () => count };
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error("it succeeded");
    },
    (error) => error,
  );

test("a wait ends with the completed job, and tells each look", async () => {
  const { client } = await answering("pending", "processing", COMPLETE);
  const seen: string[] = [];
  const done = await client.waitForInvocation(ID, {
    pollIntervalMs: 10,
    onProgress: ({ status }) => seen.push(status),
  });
  expect([done.durationMs, seen]).toEqual([3, ["pending", "processing", "complete"]]);
});

test.each([
  [{ failed: { error: "no such\u001b[31m object" } }, /failed: no such\\u001b\[31m object/],
  ["cancelled", /was cancelled/],
])("an invocation that ends as %j is an error that holds the job", async (status, message) => {
  const { client } = await answering(status);
  const error = await failure(client.waitForInvocation(ID));
  expect(error).toBeInstanceOf(InvocationError);
  expect(error.message).toMatch(message);
  expect(error.job.id).toBe(ID);
});

test("a wait ends in time, and says where the invocation stands", async () => {
  const { client } = await answering("processing");
  const begun = Date.now();
  const error = await failure(client.waitForInvocation(ID, { timeoutMs: 300, pollIntervalMs: 50 }));
  expect(Date.now() - begun).toBeLessThan(2_000);
  expect(error).toBeInstanceOf(InvocationError);
  expect(error.message).toBe(`Invocation ${ID} is still processing after 0.3 s, and keeps running.`);
});

test("a wait ends in time while a reply is outstanding", async () => {
  const server = await httpServer(() => undefined);
  await using client = new ChromaSyncClient({ endpoint: server.url, apiKey: "k", retries: 0 });
  const begun = Date.now();
  expect(await failure(client.waitForInvocation(ID, { timeoutMs: 200 }))).toBeInstanceOf(InvocationError);
  expect(Date.now() - begun).toBeLessThan(2_000);
  await server.close();
});

test("a signal ends a wait at once, also before it starts", async () => {
  const { client, looks } = await answering("processing");
  const stop = new AbortController();
  const waiting = failure(client.waitForInvocation(ID, { signal: stop.signal, pollIntervalMs: 60_000 }));
  while (looks() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  stop.abort();
  expect((await waiting).message).toBe(`The wait for invocation ${ID} was aborted.`);
  const before = looks();
  expect(await failure(client.waitForInvocation(ID, { signal: stop.signal }))).toBeInstanceOf(
    ChromaSyncError,
  );
  expect(looks()).toBe(before);
});

test("a failure that may pass is waited out, a refusal and a service that stays away are not", async () => {
  const { client } = await answering(503, "pending", 502, 429, COMPLETE);
  expect((await client.waitForInvocation(ID, { pollIntervalMs: 10 })).status).toBe("complete");
  const gone = await answering("pending", 404);
  const error = await failure(gone.client.waitForInvocation(ID, { pollIntervalMs: 10 }));
  expect([error instanceof ResponseError, error.status, gone.looks()]).toEqual([true, 404, 2]);
  const down = await answering(503);
  expect((await failure(down.client.waitForInvocation(ID, { pollIntervalMs: 10 }))).status).toBe(503);
  expect(down.looks()).toBe(5);
});

test("an error of the caller's own onProgress ends the wait with it", async () => {
  const { client } = await answering("pending");
  const onProgress = () => {
    throw new RangeError("mine");
  };
  expect(await failure(client.waitForInvocation(ID, { onProgress }))).toBeInstanceOf(RangeError);
});
