import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as fc from "fast-check";
import { ChromaSyncClient, ChromaSyncError, jobProgress } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { httpServer } from "../support/http-server.js";

let emulator: Emulator;
let client: ChromaSyncClient;
let folder: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-upload-"));
  emulator = await startEmulator({ token: "k", pendingMs: 0, processingMs: 0 });
  client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k" });
});
afterAll(async () => {
  await client.close();
  await emulator.close();
  fs.rmSync(folder, { recursive: true });
});

const file = (name: string, size: number) => {
  const place = path.join(folder, name);
  fs.writeFileSync(place, "");
  fs.truncateSync(place, size);
  return place;
};

test("a file is uploaded in pieces, with progress, and becomes chunks of its collection", async () => {
  const place = path.join(folder, "a.md");
  fs.writeFileSync(place, "text\n".repeat(200_000));
  const sent: number[] = [];
  const id = await client.addFile({
    database_name: "db",
    collection_name: "uploads",
    file: place,
    custom_id: "c",
    metadata: { team: "docs" },
    onProgress: (bytes, total) => {
      expect(total).toBe(1_000_000);
      sent.push(bytes);
    },
  });
  expect(sent.at(-1)).toBe(1_000_000);
  expect(sent.length).toBeGreaterThan(2);
  expect(jobProgress(await client.getInvocation(id)).status).toBe("complete");
  const answer = await fetch(`${emulator.url}/_emulator/collections/uploads`);
  const { chunks } = (await answer.json()) as { chunks: { id: string; metadata: object }[] };
  expect(chunks[0]).toMatchObject({ id: "c-0", metadata: { team: "docs", custom_id: "c" } });
});

test("a file that is empty or above 200 MiB is refused before anything is sent", async () => {
  const before = emulator.requests.length;
  for (const size of [0, 209_715_201])
    await expect(
      client.addFile({ database_name: "db", collection_name: "u", file: file("b", size) }),
    ).rejects.toThrow(/200 MiB/);
  expect(emulator.requests.length).toBe(before);
});

test("a service that is healthy says so", async () => {
  await expect(client.health()).resolves.toBeUndefined();
  emulator.faults.add({ operation: "health_check", kind: "status", status: 503 });
  const once = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k", retries: 0 });
  await expect(once.health()).rejects.toThrow("503");
  emulator.faults.clear();
});

test("a signal aborts a request", async () => {
  emulator.faults.add({ operation: "list_sources", kind: "delay-before", delayMs: 60_000, times: 1 });
  const stop = new AbortController();
  const listed = client.listSources({}, stop.signal);
  stop.abort();
  await expect(listed).rejects.toBeInstanceOf(ChromaSyncError);
});

test("a state, a kind and a field that are new to this package are kept", async () => {
  const job = {
    id: "0192f0c1-5d3e-7b7a-9c53-0000000000aa",
    created_at: "t",
    status: { paused: { by: "x" } },
    metadata: { novel: 1 },
    extra: true,
  };
  const server = await httpServer((_request, response) => void response.end(JSON.stringify(job)));
  const other = new ChromaSyncClient({ endpoint: server.url, apiKey: "k" });
  const read = await other.getInvocation("i");
  expect(read).toEqual(job);
  expect(jobProgress(read).status).toBe("paused");
  await other.close();
  await server.close();
});

test("on 10,000 replies that are spoilt the client throws nothing but its own errors", async () => {
  const good = {
    id: "0192f0c1-5d3e-7b7a-9c53-0000000000aa",
    created_at: "2026-01-01T00:00:00Z",
    status: { complete: { finished_at: "t", duration_ms: 1 } },
    metadata: { collection_name: "c", s3: { bucket_name: "b", object_key: "k" } },
  };
  let reply = "";
  const server = await httpServer((_request, response) => void response.end(reply));
  const other = new ChromaSyncClient({ endpoint: server.url, apiKey: "k", retries: 0 });
  const spoilt = fc.oneof(
    fc.json(),
    fc.string(),
    // The reply with one of its parts replaced, cut or repeated.
    fc
      .tuple(fc.constantFrom(...Object.keys(good)), fc.jsonValue())
      .map(([key, value]) => JSON.stringify({ ...good, [key]: value })),
    fc.nat(JSON.stringify(good).length).map((at) => JSON.stringify(good).slice(0, at)),
    fc.array(fc.jsonValue(), { maxLength: 3 }).map((parts) => JSON.stringify([good, ...parts])),
  );
  const calls: (() => Promise<unknown>)[] = [
    async () => jobProgress(await other.getInvocation("i")),
    async () => (await other.listInvocations()).map(jobProgress),
    () => other.getSource("s"),
    () => other.listSources(),
    () => other.createInvocation("s", {}),
    () => other.createSource({ database_name: "d", github: { repository: "r" } }),
    async () => Object.values(await other.latestInvocationsByKeys("s", [])).map(jobProgress),
  ];
  await fc.assert(
    fc.asyncProperty(spoilt, fc.constantFrom(...calls), async (text, call) => {
      reply = text;
      await call().catch((error) => expect(error).toBeInstanceOf(ChromaSyncError));
    }),
    { numRuns: 10_000 },
  );
  await other.close();
  await server.close();
});
