import * as fs from "node:fs";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";

let emulator: Emulator;
let project: Example;

/** The bucket is a folder beside the project's `docs/`, as an upload of it leaves one. */
async function start(name: string): Promise<void> {
  project = new Example(name, { CHROMA_API_KEY: "key" });
  emulator = await startEmulator({
    token: "key",
    pendingMs: 0,
    processingMs: 0,
    seed: { databases: ["db"], buckets: { docs: path.join(project.folder, "bucket") } },
  });
  project.setEnvironment({ CHROMA_SYNC_ENDPOINT: emulator.url });
  project.init();
  for (const [key, value] of [
    ["databaseName", "db"],
    ["bucketName", "docs"],
    ["awsCredentialId", "42"],
  ])
    await project.pulumi("config", "set", key!, value!);
}

function upload(files: Record<string, string>): void {
  const folder = path.join(project.folder, "bucket/docs");
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
}

const uploadDocs = () =>
  fs.cpSync(path.join(project.folder, "docs"), path.join(project.folder, "bucket/docs"), { recursive: true });
const keys = () => emulator.jobs().map(({ metadata }) => (metadata.s3 as { object_key: string }).object_key);

afterEach(async () => {
  await emulator.close();
  project.remove();
});

test("s3-objects declares a bucket and syncs two objects of it to their end", async () => {
  await start("s3-objects");
  upload({ "guide.md": "# Guide", "pricing.md": "# Pricing" });
  const { code, output } = await project.up("--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(keys().sort()).toEqual(["docs/guide.md", "docs/pricing.md"]);
  expect(emulator.jobs().map(({ status }) => Object.keys(status as object))).toEqual([
    ["complete"],
    ["complete"],
  ]);
  expect(await project.outputs()).toMatchObject({
    sourceId: emulator.jobs()[0]!.source_id,
    collection: "docs",
    chunkIdPrefixes: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)],
  });
  expect((await project.destroy("--skip-preview")).code).toBe(0);
  expect(emulator.requests.filter((one) => one.startsWith("DELETE "))).toHaveLength(1);
});

test("s3-batch syncs every file of a folder, and then only what the update changes", async () => {
  await start("s3-batch");
  uploadDocs();
  const { code, output } = await project.up("--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(keys()).toEqual(["docs/guide.md", "docs/pricing.md"]);
  project.overlay("update");
  uploadDocs();
  expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
  expect(keys().slice(2).sort()).toEqual(["docs/limits.md", "docs/pricing.md"]);
  const { counts, invocations } = await project.outputs();
  expect(counts).toMatchObject({ total: 3, complete: 3 });
  expect(Object.keys(invocations as object)).toHaveLength(3);
});
