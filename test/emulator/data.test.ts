import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ChromaSyncClient } from "../../src/api/index.js";
import { startEmulator } from "../../src/emulator/index.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";

test("with a file the state survives a restart, whole", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-data-"));
  fs.writeFileSync(path.join(folder, "a"), "text\n");
  const data = path.join(folder, "state.json");
  const seed = {
    buckets: { b: folder },
    sources: [
      { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
    ],
  };
  const first = await startEmulator({ token: "k", data, seed, pendingMs: 0, processingMs: 0 });
  const client = new ChromaSyncClient({ endpoint: first.url, apiKey: "k" });
  const done = await client.createInvocation(S3, { object_key: "a" });
  await client.getInvocation(done);
  first.behaviour.pendingMs = 600_000;
  const open = await client.createInvocation(S3, { object_key: "a" });
  const source = await client.createSource({ database_name: "db", github: { repository: "a/b" } });
  await client.close();
  await first.close();

  const second = await startEmulator({ token: "k", data, seed: { buckets: { b: folder } } });
  const again = new ChromaSyncClient({ endpoint: second.url, apiKey: "k" });
  expect((await again.listInvocations({ source_id: S3 })).map(({ id }) => id)).toEqual([open, done]);
  expect((await again.getSource(source)).github?.repository).toBe("a/b");
  const { chunks } = (await (await fetch(`${second.url}/_emulator/collections/objects`)).json()) as {
    chunks: object[];
  };
  expect(chunks.length).toBeGreaterThan(0);
  await again.close();
  await second.close();
  expect(fs.readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  fs.rmSync(folder, { recursive: true });
});
