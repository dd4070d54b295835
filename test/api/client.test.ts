import { inspect } from "node:util";
import {
  ChromaSyncClient,
  type ChromaSyncError,
  jobProgress,
  ResponseError,
  TransportError,
  UnexpectedReplyError,
} from "../../src/api/index.js";
import { httpServer } from "../support/http-server.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const JOB = {
  id: "0192f0c1-5d3e-7b7a-9c53-0000000000aa",
  created_at: "2026-01-01T00:00:00Z",
  status: "pending",
  metadata: { collection_name: "c" },
};
type Server = Awaited<ReturnType<typeof httpServer>>;

let server: Server | undefined;
let client: ChromaSyncClient | undefined;
afterEach(async () => {
  await client?.close();
  await server?.close();
  client = undefined;
  server = undefined;
});

async function answering(...replies: { status: number; body?: string; headers?: Record<string, string> }[]) {
  let index = 0;
  server = await httpServer((_request, response) => {
    const reply = replies[Math.min(index++, replies.length - 1)]!;
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    response.end(reply.body ?? "");
  });
  client = new ChromaSyncClient({ apiKey: "secret-key", endpoint: server.url, requestTimeoutMs: 5000 });
  return client;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error("it succeeded");
    },
    (error) => error as ChromaSyncError,
  );

test.each([
  [
    "POST",
    `/api/v1/sources/${SOURCE}/invocations`,
    (c: ChromaSyncClient) => c.createInvocation(SOURCE, { object_key: "k" }),
  ],
  ["GET", `/api/v1/sources/${SOURCE}`, (c: ChromaSyncClient) => c.getSource(SOURCE)],
  ["GET", "/api/v1/invocations/i%2Fx", (c: ChromaSyncClient) => c.getInvocation("i/x")],
  ["GET", "/api/v1/invocations?limit=3", (c: ChromaSyncClient) => c.listInvocations({ limit: 3 })],
  ["PUT", "/api/v1/invocations/i", (c: ChromaSyncClient) => c.cancelInvocation("i")],
])("%s %s carries the key in its header and nowhere else", async (method, url, call) => {
  const body = { ...JOB, invocation_id: "0192f0c1-5d3e-7b7a-9c53-0000000000aa" };
  const c = await answering({ status: 200, body: JSON.stringify(url.includes("limit") ? [body] : body) });
  await call(c);
  expect(server!.seen).toHaveLength(1);
  expect(server!.seen[0]).toMatchObject({ method, url, headers: { "x-chroma-token": "secret-key" } });
  expect(server!.seen[0]!.url + server!.seen[0]!.body).not.toContain("secret-key");
});

test.each([
  [400, "refused", /Correct the inputs/],
  [401, "refused", /chroma-sync:apiKey.*--run-program/],
  [403, "refused", /permission/],
  [404, "refused", /Check the id/],
  [409, "refused", /another collection/],
  [412, "refused", /pending/],
  [429, "not-processed", /rate/],
  [500, "ambiguous", /try again/],
  [503, "ambiguous", /try again/],
])("a POST that returns %i is %s, is sent once, and says what to do", async (status, outcome, advice) => {
  const c = await answering({ status, body: JSON.stringify({ error: "Kind", message: "the reason" }) });
  const error = await failure(c.createInvocation(SOURCE, {}));
  expect(error).toBeInstanceOf(ResponseError);
  expect(error.outcome).toBe(outcome);
  expect(error.message).toMatch(advice);
  expect(error.message).toContain(
    `POST ${server!.url}/api/v1/sources/${SOURCE}/invocations returned ${status}: Kind: the reason`,
  );
  expect(error.message).not.toContain("secret-key");
  expect(server!.seen).toHaveLength(1);
});

test("a body that is not JSON survives into the message, its control characters escaped", async () => {
  const c = await answering({ status: 502, body: "<html>bad\u001b[31m gateway</html>" });
  const error = await failure(c.createInvocation(SOURCE, {}));
  expect(error.message).toContain("<html>bad\\u001b[31m gateway</html>");
});

test.each([
  400, 403, 500, 201,
])("an answer of %i that quotes the request quotes no key of it", async (status) => {
  const s3 = {
    bucket_name: "b",
    region: "r",
    collection_name: "c",
    aws_access_key_id: "AKIA-OF-THE-TEST",
    aws_secret_access_key: 'aws+secret/"quoted"',
  };
  const quoted = { message: `refused ${JSON.stringify({ s3 })}`, key: "secret-key", raw: { s3 } };
  const body = status === 500 ? `<pre>${JSON.stringify(quoted)}` : JSON.stringify(quoted);
  const c = await answering({ status, body });
  const error = await failure(c.createSource({ database_name: "db", s3 }));
  expect(error.message).toContain("[secret]");
  expect(inspect(error, { depth: 9 })).not.toMatch(/secret-key|AKIA-OF|aws\+secret/);
});

test("a GET is sent again, after the time that Retry-After names", async () => {
  const c = await answering(
    { status: 503, headers: { "retry-after": "1" } },
    { status: 200, body: JSON.stringify(JOB) },
  );
  const start = Date.now();
  expect((await c.getInvocation("i")).id).toBe("0192f0c1-5d3e-7b7a-9c53-0000000000aa");
  expect(Date.now() - start).toBeGreaterThanOrEqual(900);
  expect(server!.seen).toHaveLength(2);
});

test("a POST that only reads is sent again like a GET", async () => {
  const c = await answering({ status: 503 }, { status: 200, body: JSON.stringify({ a: JOB }) });
  expect((await c.latestInvocationsByKeys("s", ["a"])).a?.id).toBe("0192f0c1-5d3e-7b7a-9c53-0000000000aa");
  expect(server!.seen.map(({ body }) => body)).toEqual(Array(2).fill('{"object_keys":["a"]}'));
});

test("advice about sources is of sources", async () => {
  const c = await answering({ status: 403 }, { status: 409 });
  const payload = { database_name: "db", github: { repository: "a/b" } };
  expect((await failure(c.createSource(payload))).message).toContain("an owner or admin of the team");
  expect((await failure(c.createSource(payload))).message).not.toContain("collection");
});

test("a redirect is not followed with the key", async () => {
  const other = await httpServer((_request, response) => response.end("{}"));
  const c = await answering({ status: 307, headers: { location: other.url } });
  const error = await failure(c.createInvocation(SOURCE, {}));
  expect(error.message).toMatch(/Redirects are not followed/);
  expect(other.seen).toEqual([]);
  await other.close();
});

test("a refused connection certainly sent nothing", async () => {
  const c = new ChromaSyncClient({ apiKey: "secret-key", endpoint: "http://127.0.0.1:1", retries: 0 });
  const error = await failure(c.createInvocation(SOURCE, {}));
  expect(error).toBeInstanceOf(TransportError);
  expect(error.outcome).toBe("not-processed");
  await c.close();
});

test("a POST without an answer is ambiguous: a reset, and a time-out", async () => {
  server = await httpServer((request) => request.url?.includes(SOURCE) && request.socket.destroy());
  client = new ChromaSyncClient({ apiKey: "k", endpoint: server.url, createTimeoutMs: 200 });
  expect((await failure(client.createInvocation(SOURCE, {}))).outcome).toBe("ambiguous");
  expect((await failure(client.createInvocation("hangs", {}))).outcome).toBe("ambiguous");
});

test.each([
  ["not json"],
  ["{}"],
  ['{"invocation_id":7}'],
  ["null"],
  [""],
])("a 201 of %j is ambiguous", async (body) => {
  const c = await answering({ status: 201, body });
  const error = await failure(c.createInvocation(SOURCE, {}));
  expect(error).toBeInstanceOf(UnexpectedReplyError);
  expect(error.outcome).toBe("ambiguous");
});

test("unknown kinds, words and fields are kept", async () => {
  const strange = { ...JOB, status: "paused", metadata: { collection_name: "c", tape: {} }, extra: 1 };
  const c = await answering({ status: 200, body: JSON.stringify(strange) });
  expect(await c.getInvocation("i")).toEqual(strange);
});

test("the status union reads as one flat value", () => {
  const of = (status: never) => jobProgress({ ...JOB, status });
  expect(of("processing" as never)).toEqual({ status: "processing", createdAt: JOB.created_at });
  expect(of({ complete: { finished_at: "f", duration_ms: 3 } } as never)).toMatchObject({
    status: "complete",
    finishedAt: "f",
    durationMs: 3,
  });
  expect(of({ failed: { error: "e" } } as never)).toMatchObject({ status: "failed", error: "e" });
});
