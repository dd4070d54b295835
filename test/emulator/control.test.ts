import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { ChromaSyncClient } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const folder = temporaryFolder();
fs.writeFileSync(path.join(folder, "a"), "one\ntwo\n");
const s3 = { bucket_name: "b", region: "r", collection_name: "objects" };
const sources = [{ id: S3, database_name: "db", chunking: { type: "lines", max_lines: 1 }, s3 }] as const;

let emulator: Emulator;
let client: ChromaSyncClient;
beforeEach(async () => {
  const seed = { buckets: { b: folder }, sources: [...sources] };
  emulator = await startEmulator({ token: "k", seed, pendingMs: 0, processingMs: 0 });
  client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k", retries: 0 });
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const ask = async (place: string, method = "GET") => {
  const answer = await fetch(`${emulator.url}/_emulator/${place}`, { method });
  // biome-ignore lint/suspicious/noExplicitAny: whatever comes.
  return { status: answer.status, body: (await answer.json()) as any };
};
const sync = async () => client.getInvocation(await client.createInvocation(S3, { object_key: "a" }));

test("collections are listed, with how many chunks they hold", async () => {
  expect((await ask("collections")).body).toEqual([]);
  await sync();
  expect((await ask("collections")).body).toEqual([
    { database: "db", name: "objects", chunks: 2, finished: false },
  ]);
  await ask("collections/objects", "DELETE");
  expect((await ask("collections")).body).toEqual([]);
});

test("the chunks of a collection are searched and paged", async () => {
  await sync();
  const page = async (query: string) => {
    const { status, body } = await ask(`collections/objects?${query}`);
    return [status, body.total, body.chunks?.map(({ document }: { document: string }) => document)];
  };
  expect(await page("limit=1")).toEqual([200, 2, ["one\n"]]);
  expect(await page("limit=1&offset=1")).toEqual([200, 2, ["two\n"]]);
  expect(await page("search=TWO")).toEqual([200, 1, ["two\n"]]);
  expect(await page("search=version_key")).toEqual([200, 2, ["one\n", "two\n"]]);
  expect(await page("search=three")).toEqual([200, 0, []]);
  for (const wrong of ["limit=-1", "limit=x", "offset=1e3"]) expect((await page(wrong))[0]).toBe(400);
  expect(await page("database=other")).toEqual([404, undefined, undefined]);
});

test.each([
  ["events", "POST", 405],
  ["faults", "PUT", 405],
  ["jobs", "DELETE", 405],
  ["collections", "DELETE", 405],
  ["collections/objects", "POST", 405],
  ["faults/x", "GET", 404],
  ["nothing", "GET", 404],
  ["", "GET", 404],
])("/_emulator/%s by %s is %i", async (place, method, status) => {
  expect((await ask(place, method)).status).toBe(status);
});

test("faults of one kind end alone", async () => {
  for (const kind of ["status", "slow-drip"] as const) emulator.faults.add({ operation: "add_file", kind });
  expect((await ask("faults?kind=status", "DELETE")).body).toMatchObject([{ kind: "slow-drip" }]);
});

/** The events of a connection, as they come. */
async function events() {
  const seen: { event: string; data: Record<string, unknown> }[] = [];
  const response = await new Promise<http.IncomingMessage>((resolve) =>
    http.get(`${emulator.url}/_emulator/events`, resolve),
  );
  let text = "";
  response.setEncoding("utf8").on("data", (piece) => {
    text += piece;
    const parts = text.split("\n\n");
    text = parts.pop()!;
    for (const part of parts) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/s.exec(part) ?? [];
      if (event) seen.push({ event, data: JSON.parse(data!) });
    }
  });
  const until = async (done: () => boolean) => {
    for (const end = Date.now() + 5000; !done() && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(done()).toBe(true);
  };
  return { response, seen, until };
}

test("events begin with the whole state, and then are what has changed", async () => {
  await sync();
  const { response, seen, until } = await events();
  await until(() => seen.length === 1);
  expect(response.headers["content-type"]).toBe("text/event-stream");
  expect(seen[0]).toMatchObject({
    event: "state",
    data: {
      jobs: [{ source: S3, status: "complete", key: "a", kind: "s3", collection: "objects", durationMs: 0 }],
      totals: { counts: { complete: 1 } },
      collections: [{ name: "objects", chunks: 2 }],
      sources: [{ id: S3 }],
      requests: [
        { method: "POST", status: 201 },
        { method: "GET", status: 200 },
      ],
    },
  });
  await client.createInvocation(S3, { object_key: "absent" });
  await until(() => JSON.stringify(seen.slice(1)).includes("object absent does not exist in bucket b"));
  emulator.faults.add({ kind: "status" });
  await until(() => (seen.at(-1)!.data.faults as object[]).length === 1);
  await ask("collections/objects", "DELETE");
  await until(() => JSON.stringify(seen.at(-1)).includes('"name":"objects","deleted":true'));
  expect(new Set(seen.slice(1).map(({ event }) => event))).toEqual(new Set(["changes"]));
  const { counts } = seen.at(-1)!.data.totals as { counts: Record<string, number> };
  expect(Object.entries(counts).filter(([, count]) => count !== 0)).toEqual([
    ["complete", 1],
    ["failed", 1],
  ]);
});

test("events of a batch come together, ten times a second at most", async () => {
  const { seen } = await events();
  const begun = Date.now();
  for (let n = 0; n < 300; n++) await client.createInvocation(S3, { object_key: "a" });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(seen.length).toBeLessThan((Date.now() - begun) / 100 + 3);
  const ids = seen.flatMap(({ data }) => (data.jobs as { id: string }[]).map(({ id }) => id));
  expect(new Set(ids).size).toBe(300);
});
