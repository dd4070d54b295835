import * as fs from "node:fs";
import * as path from "node:path";
import { pluginProject, S3 } from "./plugin-service.js";

const waiting = `
resources:
  object:
    type: chroma-sync:Invocation
    properties:
      sourceId: ${S3}
      objectKey: a
      waitForCompletion: { pollIntervalSeconds: 0.1 }
`;

const invocation = (resources: { type: string }[]) =>
  resources.find(({ type }) => type === "chroma-sync:index:Invocation") as
    | { id: string; outputs: { status: string }; initErrors?: string[] }
    | undefined;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("Ctrl-C in a wait ends the run at once with the id in state, and the next up resumes", async () => {
  const { emulator, project, ids, plan } = await pluginProject("interrupted", { pendingMs: 600_000 });
  project.declare(waiting);
  const run = project.start("up", "--yes", "--skip-preview");
  await until(() => emulator.requests.filter((line) => /^GET .*invocations/.test(line)).length > 2);
  const interrupted = Date.now();
  run.interrupt();
  const { code, output } = await run.done;
  expect(Date.now() - interrupted).toBeLessThan(3000);
  expect(code).not.toBe(0);
  expect(output).toContain("the next `pulumi up` waits again");
  const held = invocation(await project.resources())!;
  expect([held.id]).toEqual(ids());
  expect(held.initErrors).toHaveLength(1);
  // A refresh does not turn it green.
  await project.refresh();
  expect((await plan()).object.op).toBe("update");
  emulator.behaviour.pendingMs = 0;
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(invocation(await project.resources())!.outputs.status).toBe("complete");
  expect(ids()).toHaveLength(1);
});

test("a kill of pulumi in a wait ends the plugin, and the next up finds what was started", async () => {
  const { emulator, project, ids } = await pluginProject("killed", { pendingMs: 600_000 });
  project.declare(waiting);
  const run = project.start("up", "--yes", "--skip-preview");
  await until(() => emulator.requests.filter((line) => /^GET .*invocations/.test(line)).length > 2);
  expect(project.plugins()).not.toEqual([]);
  run.kill();
  const killed = Date.now();
  await until(() => project.plugins().length === 0);
  expect(Date.now() - killed).toBeLessThan(6000);
  await project.pulumi("cancel", "--yes");
  emulator.behaviour.pendingMs = 0;
  await project.up("--skip-preview");
  expect(ids()).toHaveLength(1);
  expect(invocation(await project.resources())).toMatchObject({
    id: ids()[0],
    outputs: { status: "complete" },
  });
});

test("what is imported needs no change, and what does not exist is an error", async () => {
  const { project, ids, writes } = await pluginProject("imported");
  const declare = (resources: string) => project.declare(`resources:\n${resources}`);
  const own = `
  own:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: a, customId: c, metadata: { team: docs } }
  site:
    type: chroma-sync:Source
    properties: { databaseName: db, webScrape: { startingUrl: "https://docs.example.com", maxDepth: 2 } }
`;
  declare(own);
  await project.up("--skip-preview");
  const [invocationId] = ids();
  const { id: sourceId } = (await project.resources()).find(
    ({ type }) => type === "chroma-sync:index:Source",
  )!;
  // Another stack's, as far as this one knows.
  for (const name of ["Invocation::own", "Source::site"])
    await project.pulumi("state", "delete", "--yes", `urn:pulumi:dev::imported::chroma-sync:index:${name}`);
  const before = writes().length;
  const printed: string[] = [];
  for (const [type, name, id] of [
    ["Invocation", "own", invocationId],
    ["Source", "site", sourceId],
  ]) {
    const imported = ["import", `chroma-sync:index:${type}`, name!, id!, "--yes", "--protect=false"];
    const { code, output } = await project.pulumi(...imported, "--out", "imported.yaml");
    expect({ code, output }).toMatchObject({ code: 0 });
    const text = fs.readFileSync(path.join(project.folder, "imported.yaml"), "utf8");
    printed.push(text.slice(text.indexOf("resources:\n") + "resources:\n".length));
  }
  expect(printed[0]).toContain("customId: c");
  declare(printed.join(""));
  expect((await project.up("--skip-preview")).output).toContain("3 unchanged");
  expect(writes()).toHaveLength(before);
  const missing = await project.pulumi("import", "chroma-sync:index:Invocation", "no", S3, "--yes");
  expect(missing.code).not.toBe(0);
  expect(missing.output).toContain("does not exist");
});
