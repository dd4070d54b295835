import { GITHUB, pluginProject, S3 } from "./plugin-service.js";

test("secrets of a program, its configuration and its environment are in no file and no output", async () => {
  const { project } = await pluginProject("secrets");
  const secrets = ["metadata-secret", "AKIALITERAL", "aws-literal-secret", "key-of-the-test"];
  project.declare(`
resources:
  object:
    type: chroma-sync:Invocation
    properties:
      sourceId: ${S3}
      objectKey: a
      metadata: { team: { fn::secret: metadata-secret } }
  bucket:
    type: chroma-sync:Source
    properties:
      databaseName: db
      s3:
        bucketName: bucket-two
        region: us-east-1
        collectionName: keyed
        awsAccessKeyId: AKIALITERAL
        awsSecretAccessKey: aws-literal-secret
  tenant:
    type: pulumi:providers:chroma-sync
    properties: { apiKey: key-of-the-test }
  other:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: docs/guide.md }
    options: { provider: "\${tenant}" }
`);
  await project.pulumi("config", "set", "--secret", "chroma-sync:apiKey", "key-of-the-test");
  const preview = await project.preview("--diff");
  const created = await project.up("--skip-preview", "--diff");
  expect(created.code).toBe(0);
  const again = await project.refresh("--diff");
  const shown = [preview.output, created.output, again.output, project.stateText()].join("\n");
  for (const secret of secrets)
    expect({ secret, shown: shown.includes(secret) }).toEqual({ secret, shown: false });
});

test("each provider sends its own key, and another key changes no resource", async () => {
  const { emulator, project, ids } = await pluginProject("tenants", { token: ["one", "two", "three"] });
  const declare = (second: string) =>
    project.declare(`
resources:
  first:
    type: pulumi:providers:chroma-sync
    properties: { apiKey: one }
  second:
    type: pulumi:providers:chroma-sync
    properties: { apiKey: ${second} }
  a:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: a }
    options: { provider: "\${first}" }
  b:
    type: chroma-sync:Invocation
    properties: { sourceId: ${GITHUB}, targetCollectionName: code }
    options: { provider: "\${second}" }
`);
  project.setEnvironment({ CHROMA_API_KEY: "refused" });
  declare("two");
  expect((await project.up("--skip-preview")).output).toContain("+ 5 created");
  expect(emulator.behaviour.tokens).toEqual(["one", "two", "three"]);
  declare("three");
  emulator.behaviour.tokens = ["one", "three"];
  const rotated = await project.up("--skip-preview");
  expect(rotated.output).toContain("~ 1 updated");
  expect(rotated.output).toContain("4 unchanged");
  expect(ids()).toHaveLength(2);
});

test("a provider whose key another resource brings is previewed, and has the key at up", async () => {
  // At preview the collection of a source is not known yet; its name is the key here.
  const { project, ids, writes } = await pluginProject("late-key", { token: ["key-of-the-test", "objects"] });
  const declare = (inputs: string) =>
    project.declare(`
resources:
  first:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: a }
  tenant:
    type: pulumi:providers:chroma-sync
    properties: { apiKey: "\${first.collectionName}" }
  second:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, ${inputs} }
    options: { provider: "\${tenant}" }
`);
  declare("objectKey: docs/guide.md");
  expect((await project.preview()).output).toContain("+ 4 to create");
  expect(writes()).toEqual([]);
  expect((await project.up("--skip-preview")).output).toContain("+ 4 created");
  expect(ids()).toHaveLength(2);
  // With the key known the rules hold again.
  declare(`objectKey: docs/guide.md, customId: ${"x".repeat(121)}`);
  expect((await project.preview()).output).toContain("customId is 121 characters");
});
