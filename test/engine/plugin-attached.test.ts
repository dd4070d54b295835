import { plugin } from "../plugin/client.js";
import { temporaryFolder } from "../provider/context.js";
import { pluginProject, S3 } from "./plugin-service.js";

const journal = temporaryFolder();

const program = (more = "") => `
resources:
  site:
    type: chroma-sync:Source
    properties:
      databaseName: db
      webScrape: { startingUrl: "https://docs.example.com" }
  object:
    type: chroma-sync:Invocation
    properties:
      sourceId: ${S3}
      objectKey: a
      metadata: { team: { fn::secret: docs-team } }
      waitForCompletion: { pollIntervalSeconds: 0.1 }
      ${more}
  batch:
    type: chroma-sync:InvocationBatch
    properties:
      sourceId: ${S3}
      objects: [{ objectKey: docs/guide.md }, { objectKey: docs/reference.md }]
outputs:
  name:
    fn::invoke:
      function: chroma-sync:collectionNameFor
      arguments: { prefix: code, ref: main }
      return: collectionName
`;

test("the real engine runs a program over a server in this process, run after run", async () => {
  const server = await plugin();
  try {
    const { emulator, project, ids, plan } = await pluginProject("attached", { pendingMs: 300 });
    project.setEnvironment({ PULUMI_DEBUG_PROVIDERS: `chroma-sync:${server.port}` });
    // This process has not the environment of the run.
    for (const [name, value] of Object.entries({ endpoint: emulator.url, journal }))
      await project.pulumi("config", "set", `chroma-sync:${name}`, value);
    await project.pulumi("config", "set", "--secret", "chroma-sync:apiKey", "key-of-the-test");
    project.declare(program(), "");

    expect((await project.preview()).output).toContain("+ 4 to create");
    const created = await project.up("--skip-preview");
    expect(created.output).toContain("+ 4 created");
    expect(created.output).toContain("complete · ");
    expect(project.plugins()).toEqual([]);
    expect(ids()).toHaveLength(3);
    expect((await project.outputs()).name).toMatch(/^code-main-[0-9a-f]{16}$/);
    expect(project.stateText()).not.toContain("docs-team");

    expect((await project.refresh()).code).toBe(0);
    project.declare(program("cancelOnDelete: false"), "");
    expect(await plan()).toEqual({
      object: { op: "update", details: { cancelOnDelete: { kind: "add", inputDiff: true } } },
    });
    project.declare(program("customId: c"), "");
    emulator.behaviour.pendingMs = 600_000;
    const run = project.start("up", "--yes", "--skip-preview");
    while (ids().length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
    run.interrupt();
    expect((await run.done).output).toContain("the next `pulumi up` waits again");
    emulator.behaviour.pendingMs = 0;
    expect((await project.up("--skip-preview")).code).toBe(0);
    expect(ids()).toHaveLength(4);
    expect((await project.destroy("--skip-preview")).output).toContain("- 4 deleted");
  } finally {
    server.close();
  }
});
