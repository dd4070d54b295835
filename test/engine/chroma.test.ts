import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ChromaClient } from "chromadb";
import { startEmulator } from "../../src/emulator/index.js";
import { chromaServer } from "../support/chroma.js";
import { repositoryIn } from "../support/git.js";
import { Project } from "../support/project.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";

test("after an up the chunks of real documents are read back from a real Chroma, by id", async () => {
  const server = await chromaServer();
  const content = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-content-"));
  fs.mkdirSync(path.join(content, "docs"));
  fs.writeFileSync(path.join(content, "docs/guide.md"), "# Guide\n\nHow to sync.\n");
  fs.writeFileSync(path.join(content, "docs/long.md"), "line of text\n".repeat(120));
  fs.writeFileSync(path.join(content, "image.bin"), Buffer.from([0, 1, 2]));
  const sha = repositoryIn(content);
  const emulator = await startEmulator({
    token: "k",
    chroma: server.url,
    seed: {
      buckets: { b: content },
      repositories: { "acme/docs": content },
      sources: [
        {
          id: GITHUB,
          database_name: "acme",
          github: { repository: "acme/docs", include_globs: ["docs/**"] },
        },
        { id: S3, database_name: "acme", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
  });
  const project = new Project(
    "chroma",
    {
      "index.ts": `
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
new ChromaSyncInvocation("object", { sourceId: "${S3}", objectKey: "docs/guide.md", metadata: { team: "docs" }, waitForCompletion: true });
new ChromaSyncInvocation("named", { sourceId: "${S3}", objectKey: "docs/long.md", customId: "long", waitForCompletion: true });
new ChromaSyncInvocation("tree", { sourceId: "${GITHUB}", refIdentifier: { sha: "${sha}" }, targetCollectionName: "docs-at-commit", waitForCompletion: true });
`,
    },
    { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url },
  );
  project.init();
  const up = await project.up("--skip-preview");
  expect(up.output).toContain("+ 4 created");

  const { hostname, port } = new URL(server.url);
  const client = new ChromaClient({ host: hostname, port: Number(port), database: "acme" });
  const objects = await client.getCollection({ name: "objects" });
  const id = `${createHash("sha256").update("docs/guide.md").digest("hex")}-0`;
  const { documents, metadatas } = await objects.get({ ids: [id, "long-0", "long-2"] });
  expect(documents).toContain("# Guide\n\nHow to sync.\n");
  expect(documents.filter(Boolean)).toHaveLength(3);
  expect(metadatas).toContainEqual(expect.objectContaining({ team: "docs", document_key: "docs/guide.md" }));
  const tree = await client.getCollection({ name: "docs-at-commit" });
  const found = await tree.get({ where: { version_key: sha } });
  expect(new Set(found.metadatas.map((one) => one?.document_key))).toEqual(
    new Set(["docs/guide.md", "docs/long.md"]),
  );

  project.remove();
  await emulator.close();
  await server.close();
  fs.rmSync(content, { recursive: true });
});
