import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { ChromaClient } from "chromadb";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { chromaServer } from "../support/chroma.js";
import { ended, folderOf, send } from "./context.js";

const idOf = (n: number) => `0192f0c1-5d3e-7b7a-9c53-${String(n).padStart(12, "0")}`;
const [ALPHA, BETA, SPARSE] = [idOf(1), idOf(2), idOf(3)];
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const FILES = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${n}.md`, `# Document ${n}\n`]));

let bucket: string;
let server: Awaited<ReturnType<typeof chromaServer>>;
let emulator: Emulator | undefined;

beforeAll(async () => {
  bucket = folderOf(FILES);
  server = await chromaServer();
});
afterAll(async () => {
  await server.close();
  fs.rmSync(bucket, { recursive: true });
});
afterEach(() => emulator?.close());

async function start(chroma: string): Promise<Emulator> {
  const s3 = { bucket_name: "b", region: "r", collection_name: "objects" };
  const embedding = { sparse: { model: "Chroma/BM25" as const, key: "words" } };
  emulator = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    chroma,
    seed: {
      buckets: { b: bucket },
      sources: [
        { id: ALPHA, database_name: "alpha", s3 },
        { id: BETA, database_name: "beta", s3 },
        { id: SPARSE, database_name: "sparse", s3, embedding },
      ],
    },
  });
  return emulator;
}
const invoke = (source: string, object_key: string) =>
  send(emulator!, "POST", `/api/v1/sources/${source}/invocations`, { object_key });
function clientOf(database: string): ChromaClient {
  const { hostname, port } = new URL(server.url);
  return new ChromaClient({ host: hostname, port: Number(port), ssl: false, database });
}
const idsIn = async (database: string) =>
  (await (await clientOf(database).getCollection({ name: "objects" })).get()).ids.sort();

test("databases are kept apart, and made if they do not exist", async () => {
  await start(server.url);
  await invoke(ALPHA, "1.md");
  await invoke(BETA, "2.md");
  expect(await ended(emulator!)).toHaveProperty("complete");
  expect(await idsIn("alpha")).toEqual([`${sha256("1.md")}-0`]);
  expect(await idsIn("beta")).toEqual([`${sha256("2.md")}-0`]);
});

test("a default collection that was deleted in Chroma is synced into anew, with ids of its own", async () => {
  await start(server.url);
  await invoke(ALPHA, "3.md");
  await invoke(ALPHA, "3.md");
  await ended(emulator!);
  expect(await idsIn("alpha")).toEqual(expect.arrayContaining([`${sha256("3.md")}-0-1`]));
  await clientOf("alpha").deleteCollection({ name: "objects" });
  await invoke(ALPHA, "3.md");
  expect(await ended(emulator!)).toHaveProperty("complete");
  expect(await idsIn("alpha")).toEqual([`${sha256("3.md")}-0`]);
});

/** Chroma behind something that counts what is written, and takes it itself if asked to. */
async function recorder(takes: boolean) {
  const upserts: { ids: string[]; metadatas: Record<string, unknown>[] }[] = [];
  const proxy = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const upsert = request.url!.endsWith("/upsert");
    if (upsert) upserts.push(JSON.parse(Buffer.concat(parts).toString()));
    if (upsert && takes) return response.writeHead(200, { "content-type": "application/json" }).end("{}");
    const answer = await fetch(server.url + request.url, {
      method: request.method!,
      headers: { "content-type": "application/json" },
      ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
    });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const close = () => {
    proxy.close();
    proxy.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, upserts, close };
}

test("what is synced at once is written in a few batches, and is all there", async () => {
  const chroma = await recorder(false);
  await start(chroma.url);
  const before = new Set(await idsIn("beta").catch(() => []));
  await Promise.all(Object.keys(FILES).map((key) => invoke(BETA, key)));
  expect(await ended(emulator!)).toHaveProperty("complete");
  expect(emulator!.jobs().filter(({ status }) => Object.hasOwn(status as object, "failed"))).toEqual([]);
  const written = (await idsIn("beta")).filter((id) => !before.has(id));
  expect(written.length).toBeGreaterThanOrEqual(Object.keys(FILES).length - before.size);
  expect(chroma.upserts.flatMap(({ ids }) => ids)).toHaveLength(Object.keys(FILES).length);
  expect(chroma.upserts.length).toBeLessThan(20);
  chroma.close();
});

test("sparse vectors are under their key, with sorted indices", async () => {
  const chroma = await recorder(true);
  await start(chroma.url);
  await invoke(SPARSE, "1.md");
  await invoke(ALPHA, "1.md");
  expect(await ended(emulator!)).toHaveProperty("complete");
  const vector = chroma.upserts
    .flatMap(({ metadatas }) => metadatas)
    .map(({ words }) => words as { indices: number[]; values: number[] } | undefined);
  const [sparse] = vector.filter(Boolean);
  expect(vector).toHaveLength(2);
  // "document" and "1", each once.
  expect(sparse).toMatchObject({ values: [1, 1] });
  expect(sparse!.indices).toEqual([...new Set(sparse!.indices)].sort((a, b) => a - b));
  chroma.close();
});

test("a Chroma without sparse vectors gets the chunks without, and this is said once", async () => {
  const said = jest.spyOn(console, "warn").mockImplementation(() => undefined);
  await start(server.url);
  for (const key of ["1.md", "2.md"]) {
    await invoke(SPARSE, key);
    expect(await ended(emulator!)).toHaveProperty("complete");
  }
  expect(await idsIn("sparse")).toHaveLength(2);
  expect(said.mock.calls).toEqual([
    [`${server.url} does not support sparse vectors: chunks are written without them.`],
  ]);
  said.mockRestore();
});
