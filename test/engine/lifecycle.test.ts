import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { repositoryIn } from "../support/git.js";
import { Project } from "../support/project.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";

let emulator: Emulator;
let folder: string;
let sha: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-content-"));
  fs.mkdirSync(path.join(folder, "tenant"));
  fs.writeFileSync(path.join(folder, "tenant/a.md"), "# A\n");
  sha = repositoryIn(folder);
  emulator = await startEmulator({
    token: "key-of-the-test",
    seed: {
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        {
          id: S3,
          database_name: "db",
          s3: { bucket_name: "b", region: "us-east-1", collection_name: "objects", path_prefix: "tenant/" },
        },
      ],
      buckets: { b: folder },
      repositories: { "acme/docs": folder },
    },
  });
});

afterAll(async () => {
  await emulator.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const program = (ref: string, collection: string, wait = "true") => `
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
const docs = new ChromaSyncInvocation("docs", {
  sourceId: "${GITHUB}",
  refIdentifier: ${ref},
  targetCollectionName: "${collection}",
  waitForCompletion: ${wait},
});
const object = new ChromaSyncInvocation("object", { sourceId: "${S3}", objectKey: "tenant/a.md", metadata: { tags: ["a"] } });
export const invocationId = docs.invocationId;
export const status = docs.status;
export const objectId = object.invocationId;
export const prefix = object.chunkIdPrefix;
`;

const posts = () => emulator.requests.filter((line) => line.startsWith("POST"));

test("a TypeScript program creates, replaces, updates, refreshes and destroys", async () => {
  const project = new Project(
    "lifecycle",
    { "index.ts": program(`{ branch: "main" }`, "docs-main") },
    { CHROMA_API_KEY: "key-of-the-test", CHROMA_SYNC_ENDPOINT: emulator.url },
  );
  project.init();

  const preview = await project.preview();
  expect(preview.output).toContain("+ 3 to create");
  expect(posts()).toEqual([]);

  const created = await project.up("--skip-preview");
  expect(created.output).toContain("+ 3 created");
  const outputs = await project.outputs();
  expect(
    emulator
      .jobs()
      .map((job) => job.id)
      .sort(),
  ).toEqual([outputs.invocationId, outputs.objectId].sort());
  expect(outputs.status).toBe("complete");
  expect(outputs.prefix).toMatch(/^[0-9a-f]{64}$/);

  const again = await project.up("--skip-preview");
  expect(again.output).toContain("3 unchanged");

  project.write({ "index.ts": program(`{ sha: "${sha}" }`, "docs-pinned", "{ timeoutSeconds: 60 }") });
  const replacePreview = await project.preview("--diff");
  expect(replacePreview.output).toContain("+-1 to replace");
  const replaced = await project.up("--skip-preview");
  expect(replaced.output).toContain("+-1 replaced");
  expect((await project.outputs()).invocationId).not.toBe(outputs.invocationId);
  expect(posts()).toHaveLength(3);

  project.write({ "index.ts": program(`{ sha: "${sha}" }`, "docs-pinned", "false") });
  const updated = await project.up();
  expect(updated.output).toContain("~ 1 updated");

  const refreshed = await project.refresh();
  expect(refreshed.code).toBe(0);
  const object = (await project.resources()).find((resource) => resource.urn.endsWith("::object"));
  expect(object.outputs.status).toBe("complete");

  const destroyed = await project.destroy();
  expect(destroyed.output).toContain("- 3 deleted");
  expect(posts()).toHaveLength(3);
  expect(project.stateText()).not.toContain("key-of-the-test");
  project.remove();
});

test("where ignoreChanges or --exclude keep a sync, its outputs are of what was synced", async () => {
  const project = new Project(
    "kept",
    {},
    { CHROMA_API_KEY: "key-of-the-test", CHROMA_SYNC_ENDPOINT: emulator.url },
  );
  const declare = (name: string, options = "{}") =>
    project.write({
      "index.ts": `import { ChromaSyncInvocation } from "pulumi-chroma-sync";
const sync = new ChromaSyncInvocation("kept", { sourceId: "${S3}", objectKey: "tenant/${name}.md", targetCollectionName: "kept-${name}" }, ${options});
export const collection = sync.collectionName;
export const chunks = sync.chunkIdPrefix;`,
    });
  project.init();
  declare("a");
  expect((await project.preview()).output).toMatch(/collection *: "kept-a"/);
  await project.up("--skip-preview");
  const before = await project.outputs();
  expect(before).toEqual({
    collection: "kept-a",
    chunks: createHash("sha256").update("tenant/a.md").digest("hex"),
  });
  declare("b", '{ ignoreChanges: ["objectKey", "targetCollectionName"] }');
  const kept = await project.preview();
  expect(kept.output).not.toContain("kept-b");
  await project.up("--skip-preview");
  expect(await project.outputs()).toEqual(before);
  declare("b");
  await project.up("--skip-preview", "--exclude", "**::kept");
  expect(await project.outputs()).toEqual(before);
  await project.destroy("--skip-preview");
  project.remove();
});
