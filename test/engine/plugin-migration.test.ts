import { pluginAt } from "../support/plugin-project.js";
import { has, installNodeSdk } from "../support/sdks.js";
import { GITHUB, pluginProject, S3 } from "./plugin-service.js";

/** One of each kind, in each state that a stack may be left in. */
const program = (imports: string, metadata = "docs") => `
import * as pulumi from "@pulumi/pulumi";
import { ${imports} } from "PACKAGE";
const site = new Source("site", { databaseName: "db", webScrape: { startingUrl: "https://docs.example.com" } });
const bucket = new Source("bucket", {
  databaseName: "db",
  s3: { bucketName: "other", region: "us-east-1", collectionName: "others", awsAccessKeyId: "AKIA", awsSecretAccessKey: "s" },
});
const code = new Invocation("code", {
  sourceId: "${GITHUB}", refIdentifier: { branch: "main" }, targetCollectionName: "code", waitForCompletion: true,
});
const object = new Invocation("object", {
  sourceId: "${S3}", objectKey: "a", metadata: { team: pulumi.secret("${metadata}"), tags: ["b"] }, triggers: [code.invocationId, null],
});
const failed = new Invocation("failed", { sourceId: "${S3}", objectKey: "missing" });
const batch = new InvocationBatch("batch", {
  sourceId: "${S3}", targetCollectionName: "batched", metadata: { team: "docs" },
  objects: [{ objectKey: "docs/guide.md", version: "1" }, { objectKey: "docs/reference.md", customId: "c" }],
});
const tenant = new Provider("tenant", { apiKey: "key-of-the-test" });
const theirs = new Invocation("theirs", { sourceId: "${S3}", objectKey: "docs/guide.md" }, { provider: tenant });
export const ids = [code.id, object.id, failed.id, batch.id, theirs.id, site.id, bucket.id];
`;

const KINDS = ["Invocation", "InvocationBatch", "Source", "Provider"];
const dynamic = program(KINDS.map((kind) => `ChromaSync${kind} as ${kind}`).join(", ")).replace(
  "PACKAGE",
  "pulumi-chroma-sync",
);
const plugin = (metadata?: string) =>
  program(KINDS.join(", "), metadata).replace("PACKAGE", "pulumi-chroma-sync-sdk");

(has("go", "version") ? test : test.skip)(
  "a stack of dynamic resources continues as the plugin's, with a change of import alone",
  async () => {
    const { emulator, project, ids, writes } = await pluginProject("migration");
    installNodeSdk(project.folder);
    project.write({ "Pulumi.yaml": "name: migration\nruntime: nodejs\n", "index.ts": dynamic });
    emulator.behaviour.pendingMs = 0;
    const created = await project.up("--skip-preview");
    expect(created).toMatchObject({ code: 0 });
    const held = (await project.outputs()).ids;
    expect(ids()).toHaveLength(6);
    const before = writes().length;

    project.write({ "Pulumi.yaml": `name: migration\nruntime: nodejs\n${pluginAt()}`, "index.ts": plugin() });
    const preview = await project.preview();
    expect(preview.output).toMatch(/\+ 1 to create\n\s+- 1 to delete\n\s+2 changes. 8 unchanged/);
    for (const run of [project.up, project.refresh, project.up])
      expect(await run("--skip-preview")).toMatchObject({ code: 0 });
    expect(writes()).toHaveLength(before);
    expect((await project.outputs()).ids).toEqual(held);
    const state = await project.resources();
    expect(state.map(({ type }) => type).filter((type) => type.includes("dynamic"))).toEqual([]);
    expect(project.stateText()).not.toContain('"AKIA"');

    project.write({ "index.ts": plugin("eng") });
    const replaced = await project.up("--skip-preview");
    expect(replaced.output).toContain("+-1 replaced");
    expect(ids()).toHaveLength(7);
    const destroyed = await project.destroy("--skip-preview");
    expect(destroyed).toMatchObject({ code: 0 });
    expect(writes().filter((line) => line.startsWith("DELETE"))).toHaveLength(2);
    expect(await project.resources()).toEqual([]);
  },
);
