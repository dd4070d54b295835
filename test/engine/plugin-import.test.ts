import * as fs from "node:fs";
import * as path from "node:path";
import { ChromaSyncClient } from "../../src/api/index.js";
import { GITHUB, pluginProject, S3 } from "./plugin-service.js";

test("what is imported needs no change, and what does not exist is an error", async () => {
  const { emulator, project, ids, writes } = await pluginProject("imported");
  const declare = (resources: string) => project.declare(`resources:\n${resources}`);
  const own = `
  own:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: a, customId: c, metadata: { team: docs } }
  other:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: docs/guide.md, targetCollectionName: other }
  code:
    type: chroma-sync:Invocation
    properties: { sourceId: ${GITHUB}, refIdentifier: { branch: main }, targetCollectionName: code }
  pages:
    type: chroma-sync:Invocation
    properties: { sourceId: "\${site.sourceId}", targetCollectionName: pages }
  site:
    type: chroma-sync:Source
    properties: { databaseName: db, webScrape: { startingUrl: "https://docs.example.com", maxDepth: 2 } }
  repository:
    type: chroma-sync:Source
    properties: { databaseName: db, github: { repository: acme/other, includeGlobs: ["*.md"] } }
  bucket:
    type: chroma-sync:Source
    properties:
      databaseName: db
      s3: { bucketName: other-bucket, region: us-east-1, collectionName: others, awsCredentialId: 7 }
`;
  declare(own);
  expect((await project.up("--skip-preview")).output).toContain("+ 8 created");
  expect(ids()).toHaveLength(4);
  const made = await project.resources();
  // Another stack's, as far as this one knows.
  for (const { urn } of made.reverse()) await project.pulumi("state", "delete", "--yes", urn);
  expect(await project.resources()).toEqual([]);
  const before = writes().length;
  const printed: string[] = [];
  for (const { urn, type, id } of made) {
    const imported = ["import", type, urn.split("::").at(-1), id, "--yes", "--protect=false"];
    const { code, output } = await project.pulumi(...imported, "--skip-preview", "--out", "imported.yaml");
    expect({ code, output }).toMatchObject({ code: 0 });
    const text = fs.readFileSync(path.join(project.folder, "imported.yaml"), "utf8");
    printed.push(text.slice(text.indexOf("resources:\n") + "resources:\n".length));
  }
  expect(printed.join("")).toContain("customId: c");
  declare(printed.join(""));
  expect((await project.up("--skip-preview")).output).toContain("8 unchanged");
  expect(writes()).toHaveLength(before);
  // A program that says no more than it needs is the same one.
  declare(own);
  expect((await project.up("--skip-preview")).output).toContain("8 unchanged");
  expect(writes()).toHaveLength(before);
  const missing = await project.pulumi("import", "chroma-sync:index:Invocation", "no", S3, "--yes");
  expect(missing.code).not.toBe(0);
  expect(missing.output).toContain("does not exist");
  // One that is pending is cancelled when the stack deletes it, as one that the stack made.
  emulator.behaviour.pendingMs = 600_000;
  const client = new ChromaSyncClient({ apiKey: "key-of-the-test", endpoint: emulator.url });
  const pending = await client.createInvocation(S3, { object_key: "docs/reference.md" });
  await client.close();
  const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
  await project.pulumi("import", "chroma-sync:index:Invocation", "pending", pending, ...flags);
  const { urn } = (await project.resources()).find(({ id }) => id === pending)!;
  expect((await project.destroy("--skip-preview", "--target", urn)).code).toBe(0);
  expect(writes().at(-1)).toBe(`PUT /api/v1/invocations/${pending}`);
});
