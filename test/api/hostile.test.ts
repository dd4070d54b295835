import type * as http from "node:http";
import { ChromaSyncClient, type ChromaSyncError, isAnotherServer, jobProgress } from "../../src/api/index.js";
import { listedSince, markOf } from "../../src/provider/exactly-once/mark.js";
import type { Client } from "../../src/provider/service/client.js";
import { httpServer } from "../support/http-server.js";

const ID = "0192f0c1-5d3e-7b7a-9c53-0000000000aa";
const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000002";

let close = async () => {};
afterEach(async () => {
  await close();
  close = async () => {};
});

async function clientOf(answer: (request: http.IncomingMessage, response: http.ServerResponse) => void) {
  const server = await httpServer((request, response) => void answer(request, response));
  const options = { requestTimeoutMs: 600, createTimeoutMs: 600, retries: 0 };
  const client = new ChromaSyncClient({ apiKey: "key-of-the-test", endpoint: server.url, ...options });
  close = async () => {
    await client.close();
    await server.close();
  };
  return client;
}

const replying = (status: number, body: unknown) =>
  clientOf((_request, response) => void response.writeHead(status).end(JSON.stringify(body)));

const failureOf = (work: Promise<unknown>) => work.then(String, (error: ChromaSyncError) => error);

test.each(["GET", "POST"])("an answer to a %s that drips forever ends at the deadline", async (method) => {
  const client = await clientOf((_request, response) => {
    response.writeHead(201);
    const timer = setInterval(() => response.write(" "), 50);
    response.once("close", () => clearInterval(timer));
  });
  const begun = performance.now();
  const error = await failureOf(
    method === "GET" ? client.getSource(SOURCE) : client.createInvocation(SOURCE, { object_key: "a" }),
  );
  expect(error).toMatchObject({ outcome: "ambiguous" });
  expect(performance.now() - begun).toBeLessThan(5000);
});

test("an id in upper case is the same id", async () => {
  const client = await replying(201, { invocation_id: ID.toUpperCase() });
  expect(await client.createInvocation(SOURCE, {})).toBe(ID);
});

test.each([
  [` ${ID}`],
  [`urn:uuid:${ID}`],
  [`${ID}\u001b[2J`],
  [ID.replace("a", "\ufffd")],
  ["7"],
  [""],
])("a 201 with the id %j has no usable id, so that it is not known what came of it", async (id) => {
  const client = await replying(201, { invocation_id: id });
  expect(await failureOf(client.createInvocation(SOURCE, {}))).toMatchObject({ outcome: "ambiguous" });
});

const deep = JSON.parse(`${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`);
const row = { id: ID, created_at: "2026-01-01T00:00:00Z", status: "pending", metadata: {} };

test.each([
  ["a number", 7],
  ["null", null],
  ["a list", []],
  ["a row whose id is a number", { ...row, id: 7 }],
  ["a row without metadata", { ...row, metadata: undefined }],
  ["a row whose status is null", { ...row, status: null }],
  ["a row whose sha is a number", { ...row, metadata: { github: { git_ref_identifier: { sha: 7 } } } }],
  [
    "a row that is nested deeply",
    { ...row, metadata: { s3: { object_key: "a", additional_metadata: deep } } },
  ],
])("%s in a list hides no other row", async (_what, strange) => {
  const other = { ...row, id: ID.replace("aa", "bb") };
  const client = await replying(200, [strange, other]);
  const jobs = await listedSince(client, SOURCE, new Set());
  expect(jobs.map(({ id }) => id)).toContain(other.id);
  expect(jobs).toHaveLength(2);
});

test("a status in escape codes is shown as text", () => {
  const job = { ...row, status: "\u001b[2Jdone\nforged row\u2028" };
  expect(jobProgress(job).status).not.toMatch(/[\p{Cc}\p{Zl}]/u);
});

test("a refusal that quotes the request quotes neither the key nor metadata", async () => {
  const client = await clientOf(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const quoted = `${request.headers["x-chroma-token"]} sent ${Buffer.concat(chunks)}`;
    response.writeHead(400).end(JSON.stringify({ error: "BadRequest", message: quoted }));
  });
  const metadata = { team: "the-secret-team", deep: ["another secret"], pin: 1234567 };
  const error = await failureOf(client.createInvocation(SOURCE, { object_key: "a", metadata }));
  expect(String(error)).toContain("400");
  expect(String(error)).not.toMatch(/key-of-the-test|the-secret-team|another secret|1234567/);
});

test("every look asks for what is new", async () => {
  const seen: (string | undefined)[] = [];
  const client = await clientOf((request, response) => {
    seen.push(request.headers["cache-control"]);
    response.writeHead(200).end("[]");
  });
  await markOf(client, SOURCE);
  expect(seen).toEqual(["no-cache"]);
});

test("a list without an end ends, in bounded memory", async () => {
  let count = 0;
  const listInvocations: Client["listInvocations"] = async ({ limit = 100 } = {}) =>
    Array.from({ length: limit }, () => ({
      ...row,
      id: `0192f0c1-5d3e-7b7a-9c53-${String(count++).padStart(12, "0")}`,
      metadata: { s3: { object_key: "x".repeat(4000) } },
    }));
  await expect(listedSince({ listInvocations } as Client, SOURCE, new Set())).rejects.toThrow("has no end");
  expect(count).toBeLessThan(200_000);
});

test.each<[string, number, string, boolean]>([
  ["a page", 200, "<h1>Welcome</h1>", true],
  ["an object of something else", 200, '{"name":"other"}', true],
  ["a list of something else", 200, "[]", true],
  ["a page that is not found", 404, "404 page not found", true],
  ["another framework's 404", 404, '{"detail":"Not Found"}', true],
  ["the service's 404", 404, '{"error":"NotFound","message":"no"}', false],
  ["a source that is newer than this package", 200, `{"id":"${SOURCE}","s3":{"bucket_name":7}}`, false],
  ["an id of another form", 200, '{"id":"src_1"}', false],
  ["an error of a proxy", 502, "<h1>Bad gateway</h1>", false],
])("%s is known for another server or not", async (_what, status, body, expected) => {
  const client = await clientOf((_request, response) => void response.writeHead(status).end(body));
  const error = await failureOf(client.getSource(SOURCE));
  expect([isAnotherServer(error), error instanceof Error]).toEqual([expected, true]);
});
