import * as fs from "node:fs";
import * as path from "node:path";
import { ChromaSyncClient } from "../../src/api/index.js";
import { decodeBatchRecords, encodeBatchRecords } from "../../src/model/batch-encoding.js";
import { GITHUB, pluginProject, S3 } from "./plugin-service.js";

const fixtures = path.join(__dirname, "../fixtures");
const shapes = fs.readdirSync(fixtures).filter((name) => name.startsWith("state-"));

const invocations = (key: string) => `
resources:
  object:
    type: chroma-sync:Invocation
    properties:
      sourceId: ${S3}
      objectKey: ${key}
      customId: c
      metadata: { tags: [x], n: 1 }
      triggers: [1]
      cancelOnDelete: true
  docs:
    type: chroma-sync:Invocation
    properties: { sourceId: ${GITHUB}, refIdentifier: { branch: main }, targetCollectionName: docs }
`;

test.each(shapes)("state of dynamic resources, %s, becomes the plugin's", async (shape) => {
  const { emulator, project, ids, writes } = await pluginProject("upgrade", { pendingMs: 600_000 });
  const client = new ChromaSyncClient({ apiKey: "key-of-the-test", endpoint: emulator.url });
  const payload = { object_key: "a", custom_id: "c", metadata: { tags: ["x"], n: 1 } };
  const object = await client.createInvocation(S3, payload);
  const branch = { ref_identifier: { branch: "main" }, target_collection_name: "docs" };
  const docs = await client.createInvocation(GITHUB, branch);
  await client.close();
  const recorded = fs.readFileSync(path.join(fixtures, shape), "utf8");
  project.write({
    "state.json": recorded.replaceAll("ID-OF-object", object).replaceAll("ID-OF-docs", docs),
  });
  project.declare(invocations("a"));
  await project.pulumi("stack", "import", "--file", "state.json");
  const before = writes().length;
  expect((await project.up()).output).toContain("3 unchanged");
  expect((await project.refresh("--skip-preview")).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("3 unchanged");
  expect(writes()).toHaveLength(before);
  const types = (await project.resources()).map(({ type }) => type);
  expect(types).toEqual(["chroma-sync:index:Invocation", "chroma-sync:index:Invocation"]);
  project.declare(invocations("docs/guide.md"));
  expect((await project.up("--skip-preview")).output).toContain("+-1 replaced");
  expect(ids()).toHaveLength(3);
  expect((await project.destroy("--skip-preview")).output).toContain("- 3 deleted");
  // Both that were pending are cancelled, and the one that was replaced.
  expect(writes().filter((line) => line.startsWith("PUT"))).toHaveLength(3);
});

const sources = (version: string, region = "us-east-1") => `
resources:
  repository:
    type: chroma-sync:Source
    properties: { databaseName: db, github: { repository: acme/other, includeGlobs: ["*.md"] } }
  bucket:
    type: chroma-sync:Source
    properties:
      databaseName: db
      s3:
        bucketName: other
        region: ${region}
        collectionName: other
        awsAccessKeyId: AKIA-OF-THE-FIXTURE
        awsSecretAccessKey: secret-of-the-fixture
  objects:
    type: chroma-sync:InvocationBatch
    properties:
      sourceId: ${S3}
      metadata: { team: docs }
      objects:
        - { objectKey: a, version: "${version}" }
        - { objectKey: b, customId: b, metadata: { n: 1 } }
`;

test("state of dynamic sources and of a batch becomes the plugin's", async () => {
  const state = JSON.parse(fs.readFileSync(path.join(fixtures, "all-kinds-0.1.0.json"), "utf8"));
  const named = (name: string) =>
    state.deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith(`::${name}`));
  // The plugin has no components.
  state.deployment.resources = state.deployment.resources.filter(
    ({ urn }: { urn: string }) => !urn.endsWith("::code"),
  );
  const { emulator, project, ids, writes } = await pluginProject("upgrade", {
    seed: {
      sources: [
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
        {
          id: named("repository").id,
          database_name: "db",
          github: { repository: "acme/other", include_globs: ["*.md"] },
        },
        {
          id: named("bucket").id,
          database_name: "db",
          s3: { bucket_name: "other", region: "us-east-1", collection_name: "other", aws_credential_id: 1 },
        },
      ],
    },
  });
  const client = new ChromaSyncClient({ apiKey: "key-of-the-test", endpoint: emulator.url });
  const { outputs } = named("objects");
  const records = decodeBatchRecords(outputs.records);
  for (const record of records)
    record.invocationId = await client.createInvocation(S3, { object_key: record.objectKey });
  outputs.records = encodeBatchRecords(records);
  await client.close();
  project.write({ "state.json": JSON.stringify(state) });
  project.declare(sources("1"));
  await project.pulumi("stack", "import", "--file", "state.json");
  const before = writes().length;
  expect((await project.up()).output).toContain("4 unchanged");
  expect((await project.refresh("--skip-preview")).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("4 unchanged");
  expect(writes()).toHaveLength(before);
  project.declare(sources("2", "us-west-2"));
  const changed = await project.up("--skip-preview");
  expect(changed.output).toContain("~ 1 updated");
  expect(changed.output).toContain("+-1 replaced");
  expect(ids()).toHaveLength(3);
  expect(project.stateText()).not.toContain("secret-of-the-fixture");
  expect((await project.destroy("--skip-preview")).output).toContain("- 4 deleted");
});
