import { ChromaSyncClient } from "../../src/api/index.js";
import { startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";
import { Example } from "../support/example.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const bucket = temporaryFolder();

test("sync-report says what is synced and what failed, and declares nothing", async () => {
  const emulator = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      sources: [
        {
          id: S3,
          database_name: "production",
          s3: { bucket_name: "b", region: "r", collection_name: "objects" },
        },
        { database_name: "other", github: { repository: "acme/app" } },
      ],
      buckets: { b: bucket },
    },
  });
  const client = new ChromaSyncClient({ apiKey: "k", endpoint: emulator.url });
  const id = await client.createInvocation(S3, { object_key: "missing" });
  const project = new Example("sync-report", { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url });
  try {
    project.init();
    await project.pulumi("config", "set", "invocationId", id);
    const { code, output } = await project.up("--skip-preview");
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(await project.outputs()).toEqual({
      sources: [{ id: S3, sourceType: "s3" }],
      failed: [{ id, error: expect.stringContaining("missing") }],
      watched: "failed",
      objects: [{ objectKey: "missing", status: "failed" }],
    });
    expect(emulator.jobs()).toHaveLength(1);
    expect(await project.resources()).toEqual([]);
  } finally {
    await client.close();
    await emulator.close();
    project.remove();
  }
});
