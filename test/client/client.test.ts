import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Readable } from "node:stream";
import {
  ChromaSyncClient,
  ChromaSyncError,
  type NewInvocation,
  type NewSource,
} from "../../src/client/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { httpServer } from "../support/http-server.js";

let emulator: Emulator;
let client: ChromaSyncClient;
let folder: string;
let source: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-client-"));
  fs.mkdirSync(path.join(folder, "docs"));
  fs.writeFileSync(path.join(folder, "docs/a.md"), "# A\n");
  emulator = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    seed: { buckets: { b: folder }, databases: ["db"] },
  });
  client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k" });
  source = await client.createSource({
    databaseName: "db",
    s3: {
      bucketName: "b",
      region: "us-east-1",
      collectionName: "docs",
      pathPrefix: "docs/",
      awsCredentialId: 7,
    },
    embedding: { dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: { taskName: "nl_to_code" } } },
    chunking: { type: "lines", maxLines: 10, maxSizeBytes: 4096 },
  });
});
afterAll(async () => {
  await client.close();
  await emulator.close();
  fs.rmSync(folder, { recursive: true });
});

test("a source goes out and comes back in camelCase", async () => {
  const read = await client.getSource(source);
  expect(read).toMatchObject({
    id: source,
    databaseName: "db",
    s3: { bucketName: "b", collectionName: "docs", pathPrefix: "docs/", awsCredentialId: 7 },
    embedding: { dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: { taskName: "nl_to_code" } } },
    chunking: { type: "lines", maxLines: 10, maxSizeBytes: 4096 },
  });
  expect(typeof read.createdAt).toBe("string");
  expect(JSON.stringify(read)).not.toMatch(/"[a-z]+_[a-z_]+":/);
  expect(
    await client.listSources({ databaseName: "db", sourceType: "s3", orderBy: "ASC", limit: 1 }),
  ).toEqual([read]);
  const all = [];
  for await (const one of client.sources({ databaseName: "db" })) all.push(one);
  expect(all).toEqual([read]);
});

test("an invocation is created, waited for and read, its own metadata untouched", async () => {
  const metadata = { snake_case: 1, camelCase: "x", "other-Case_x": ["a"] };
  const id = await client.createInvocation(source, { objectKey: "docs/a.md", customId: "c", metadata });
  const statuses: string[] = [];
  const done = await client.waitForInvocation(id, { onProgress: ({ status }) => statuses.push(status) });
  expect(done).toMatchObject({ id, sourceId: source, status: "complete" });
  expect([typeof done.finishedAt, typeof done.durationMs, typeof done.createdAt]).toEqual([
    "string",
    "number",
    "string",
  ]);
  expect(statuses.at(-1)).toBe("complete");
  expect(done.metadata).toMatchObject({
    collectionName: "docs",
    databaseName: "db",
    s3: { bucketName: "b", objectKey: "docs/a.md", customId: "c", additionalMetadata: metadata },
  });
  const read = await client.getInvocation(id);
  expect(read).toEqual(done);
  expect(await client.latestInvocationsByKeys(source, ["docs/a.md", "docs/none"])).toEqual({
    "docs/a.md": read,
  });
  expect(await client.listInvocations({ sourceId: source, status: "complete" })).toEqual([read]);
  const all = [];
  for await (const one of client.invocations({ sourceId: source })) all.push(one);
  expect(all).toEqual([read]);
});

test("each kind of source has its own payload", () => {
  const kinds: NewInvocation[] = [
    { objectKey: "a", metadata: { a: 1 } },
    { targetCollectionName: "c", refIdentifier: { branch: "main" } },
    { targetCollectionName: "c" },
  ];
  // @ts-expect-error An object has no ref.
  const both: NewInvocation = { objectKey: "a", refIdentifier: { branch: "main" } };
  // @ts-expect-error A GitHub or web sync names its collection.
  const neither: NewInvocation = { refIdentifier: { branch: "main" } };
  // @ts-expect-error A source is of one kind.
  const two: NewSource = {
    databaseName: "d",
    github: { repository: "a/b" },
    webScrape: { startingUrl: "u" },
  };
  // @ts-expect-error Both keys, or neither.
  const half: NewSource["s3"] = { bucketName: "b", region: "r", collectionName: "c", awsAccessKeyId: "x" };
  expect([kinds, both, neither, two, half]).toHaveLength(5);
});

test("what is new to this package reaches the caller, renamed", async () => {
  const wire = {
    id: source,
    created_at: "t",
    status: { paused: { by: "x" } },
    metadata: { collection_name: "c", tape: { reel_count: 2 } },
    extra_field: true,
  };
  const server = await httpServer((_request, response) => void response.end(JSON.stringify(wire)));
  await using other = new ChromaSyncClient({ endpoint: server.url, apiKey: "k" });
  expect(await other.getInvocation(source)).toEqual({
    id: source,
    createdAt: "t",
    status: "paused",
    metadata: { collectionName: "c", tape: { reelCount: 2 } },
    extraField: true,
  });
  await server.close();
});

test("await using closes the connections", async () => {
  let used: ChromaSyncClient;
  {
    await using scoped = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k" });
    await scoped.health();
    used = scoped;
  }
  await expect(used.health()).rejects.toBeInstanceOf(ChromaSyncError);
});

const TEXT = "text\n".repeat(100_000);
const bytes = Buffer.from(TEXT);
test.each([
  ["a Buffer", () => ({ file: bytes })],
  ["a Uint8Array", () => ({ file: new Uint8Array(bytes) })],
  ["a Blob", () => ({ file: new Blob([bytes]) })],
  ["a stream of Node of known size", () => ({ file: Readable.from([bytes]), size: bytes.length })],
  ["a stream of Node", () => ({ file: Readable.from([bytes.subarray(0, 99), bytes.subarray(99)]) })],
  ["a stream of the web", () => ({ file: new Blob([bytes]).stream() })],
])("a file is uploaded from %s, and is the same", async (what, content) => {
  const collectionName = what.replaceAll(" ", "-");
  const sent: number[] = [];
  const id = await client.addFile({
    databaseName: "db",
    collectionName,
    filename: "a.md",
    customId: "c",
    metadata: { snake_case: "kept" },
    chunking: { type: "lines", maxLines: 1_000_000, maxSizeBytes: 1_000_000 },
    onProgress: (done, total) => sent.push(done, total),
    ...content(),
  });
  await client.waitForInvocation(id);
  expect(sent.slice(-2)).toEqual([500_000, 500_000]);
  const reply = await fetch(`${emulator.url}/_emulator/collections/${collectionName}`);
  const { chunks } = (await reply.json()) as { chunks: { document: string; metadata: object }[] };
  expect(
    chunks
      .map(({ document }) => document)
      .join("")
      .replace(/\n/g, "").length,
  ).toBe(400_000);
  expect(chunks[0]!.metadata).toMatchObject({ snake_case: "kept", custom_id: "c" });
});

test("a stream that has another size than announced is not uploaded as the file", async () => {
  const jobs = emulator.jobs().length;
  for (const size of [bytes.length - 1, bytes.length + 1])
    await expect(
      client.addFile({
        databaseName: "db",
        collectionName: "u",
        filename: "a.md",
        file: Readable.from([bytes]),
        size,
      }),
    ).rejects.toThrow(ChromaSyncError);
  expect(emulator.jobs().length).toBe(jobs);
});

test("bytes without a name are refused before anything is sent", async () => {
  const before = emulator.requests.length;
  const options = { databaseName: "db", collectionName: "u", file: bytes };
  await expect(client.addFile(options)).rejects.toThrow("needs a filename");
  await expect(client.addFile({ ...options, file: Buffer.alloc(0), filename: "a" })).rejects.toThrow(
    "0 bytes",
  );
  expect(emulator.requests.length).toBe(before);
});

test.each([
  ["more", 2, "should have 2 bytes and has more"],
  ["fewer", 4, "should have 4 bytes and has 3"],
])("a stream of %s bytes than announced is refused for certain: its body had no end", async (_what, size, message) => {
  const server = await startEmulator({ token: "k", seed: { databases: ["db"] } });
  const own = new ChromaSyncClient({ apiKey: "k", endpoint: server.url });
  const file = (async function* () {
    yield Buffer.from("one");
  })();
  const failed = own.addFile({ databaseName: "db", collectionName: "docs", file, size, filename: "a.md" });
  await expect(failed).rejects.toMatchObject({
    outcome: "refused",
    message: expect.stringContaining(`${message}: nothing was uploaded.`),
  });
  expect(server.jobs()).toHaveLength(0);
  await own.close();
  await server.close();
});
