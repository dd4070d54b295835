import { pluginProject, S3 } from "./plugin-service.js";

const program = (settings = "", team = "docs") => `
variables:
  source:
    fn::invoke:
      function: chroma-sync:getSource
      arguments: { repository: acme/docs }
resources:
  site:
    type: chroma-sync:Source
    properties:
      databaseName: db
      webScrape: { startingUrl: "https://docs.example.com" }
  code:
    type: chroma-sync:Invocation
    properties:
      sourceId: \${source.id}
      refIdentifier: { branch: main }
      targetCollectionName: code-main
      waitForCompletion: true
      ${settings}
  object:
    type: chroma-sync:Invocation
    properties:
      sourceId: ${S3}
      objectKey: a
      metadata: { team: ${team} }
  after:
    type: chroma-sync:Invocation
    properties:
      sourceId: ${S3}
      objectKey: docs/guide.md
      triggers: ["\${code.invocationId}", "\${object.invocationId}"]
outputs:
  status: \${code.status}
  id: \${code.invocationId}
`;

test("a YAML program previews exactly, and runs through its whole life", async () => {
  const { project, ids, writes, plan, emulator } = await pluginProject("yaml");
  project.declare(program());
  expect((await project.preview()).output).toContain("+ 5 to create");
  expect(writes()).toEqual([]);
  expect((await project.up("--skip-preview")).output).toContain("+ 5 created");
  const outputs = await project.outputs();
  expect(outputs).toEqual({ status: "complete", id: expect.any(String) });
  expect(ids()).toHaveLength(3);
  expect(ids()).toContain(outputs.id);
  expect((await project.up("--skip-preview")).output).toContain("5 unchanged");

  // A setting is an update of one resource, and what depends on its id stays.
  project.declare(program("cancelOnDelete: false"));
  const setting = await plan();
  expect(setting).toEqual({
    code: { op: "update", details: { cancelOnDelete: { kind: "add", inputDiff: true } } },
  });

  // What is sent replaces, and so does what is triggered by it.
  project.declare(program("", "eng"));
  const payload = await plan();
  const replaced = (name: string) => ({
    op: "replace",
    reasons: [name],
    details: { [name]: { kind: "update-replace", inputDiff: true } },
  });
  expect(payload).toEqual({ object: replaced("metadata"), after: replaced("triggers") });
  expect(writes().filter((line) => line.startsWith("POST"))).toHaveLength(4);
  expect((await project.up("--skip-preview")).output).toContain("+-2 replaced");
  expect(ids()).toHaveLength(5);

  expect((await project.refresh()).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("5 unchanged");
  const destroyed = await project.destroy("--skip-preview");
  expect(destroyed.output).toContain("- 5 deleted");
  expect(ids()).toHaveLength(5);
  expect(emulator.requests.filter((line) => line.startsWith("DELETE"))).toHaveLength(1);
  expect(project.stateText()).not.toContain("key-of-the-test");
});

test("a mistake is reported where it is, with nothing created", async () => {
  const { project, writes } = await pluginProject("mistakes");
  const declare = (inputs: string) =>
    project.declare(`
resources:
  object:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, ${inputs} }
`);
  declare("objectkey: a");
  expect((await project.up("--skip-preview")).output).toContain("objectKey");
  declare(`customId: ${"x".repeat(121)}, objectKey: a`);
  expect((await project.up("--skip-preview")).output).toContain("customId is 121 characters");
  declare("objectKey: a");
  await project.pulumi("config", "set", "chroma-sync:apiky", "k");
  expect((await project.up("--skip-preview")).output).toContain("did you mean apiKey?");
  await project.pulumi("config", "rm", "chroma-sync:apiky");
  await project.pulumi("config", "set", "chroma-sync:endpoint", "http://example.com");
  expect((await project.up("--skip-preview")).output).toContain("would send the API key unencrypted");
  await project.pulumi("config", "rm", "chroma-sync:endpoint");
  project.setEnvironment({ CHROMA_API_KEY: "" });
  expect((await project.up("--skip-preview")).output).toContain("set CHROMA_API_KEY");
  expect(writes()).toEqual([]);
});
