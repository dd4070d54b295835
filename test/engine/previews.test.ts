import { capture } from "../support/capture.js";
import { diagnosticsOf } from "../support/diagnostics.js";
import { GITHUB, oneSync, S3 } from "./one-sync.js";
import { pluginProject } from "./plugin-service.js";

const CODE = `sourceId: "${GITHUB}", targetCollectionName: "code", waitForCompletion: true`;
const QUICK = { pendingMs: 0, processingMs: 0 };

test("a preview foresees the 409 on the row of the sync, and says which way out fits", async () => {
  const { project, declare, ids } = await oneSync(QUICK);
  declare(CODE);
  expect((await project.up("--skip-preview")).code).toBe(0);
  const [id] = ids();
  const said = async (name: string, ...args: string[]) => {
    const { output } = await project.preview(...args);
    expect(output).not.toContain("[runtime]");
    expect(diagnosticsOf(output, "one-sync-dev")).toBe("");
    return diagnosticsOf(output, name);
  };
  declare(CODE, "{}", "renamed");
  const renamed = await said("renamed");
  capture("preview-warning", "pulumi preview", (await project.preview()).output);
  expect(renamed).toContain("warning: This sync will be refused with 409 unless collection code is deleted");
  expect(renamed).toContain(`invocation ${id} (complete`);
  expect(renamed).toContain('keep it with the option `aliases: [{ name: "a" }]`');

  declare(`${CODE}, refIdentifier: { branch: "other" }`, "{}", "renamed");
  expect(await said("renamed")).toContain(
    "It is of another ref, so it cannot be adopted: use another collection name",
  );

  declare(`${CODE}, triggers: [0]`);
  expect((await project.up("--skip-preview")).code).toBe(0);
  declare(`${CODE}, triggers: [1]`);
  expect(await said("a")).toContain("triggers changed, but not targetCollectionName");

  declare(CODE);
  const { urn } = (await project.resources())[0];
  expect(await said("a", "--replace", urn)).toContain(
    "It is this resource's own. To sync again, use another collection",
  );

  await project.pulumi("stack", "init", "prod");
  const second = await project.preview();
  expect(diagnosticsOf(second.output, "a")).toContain('::a has it: set onConflict: "adopt"');
  await project.pulumi("stack", "select", "dev");

  expect((await project.destroy("--skip-preview")).code).toBe(0);
  expect(await said("a")).toContain('No resource has it any more: set onConflict: "adopt"');
  const foreseen = await project.up("--skip-preview");
  expect(foreseen.output).toContain("returned 409");
  declare(`${CODE}, onConflict: "adopt"`);
  expect(await said("a")).toContain(`adopts ${id}`);
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(ids()).toEqual([id]);
});

test("other globs of a source are told of the collection that its former sync has finished", async () => {
  const { project, emulator, ids } = await oneSync(QUICK);
  const declare = (glob: string) =>
    project.write({
      "index.ts": `
import { ChromaSyncInvocation, ChromaSyncSource } from "pulumi-chroma-sync";
const github = { repository: "acme/docs", appId: "5", includeGlobs: ["${glob}"] };
const source = new ChromaSyncSource("source", { databaseName: "db", github });
new ChromaSyncInvocation("code", { sourceId: source.sourceId, targetCollectionName: "code", waitForCompletion: true });
`,
    });
  declare("*");
  expect((await project.up("--skip-preview")).code).toBe(0);
  const [id] = ids();
  declare("*.md");
  const changed = diagnosticsOf((await project.preview()).output, "code");
  expect(changed).toContain(`invocation ${id} has finished its sync into that collection`);
  expect(changed).toContain("409");
  // The same after a destroy, with nothing in state.
  expect((await project.destroy("--skip-preview")).code).toBe(0);
  const anew = diagnosticsOf((await project.preview()).output, "code");
  expect(anew).toContain(`invocation ${id} (complete`);
  expect(anew).toContain(
    "this run creates another one, so it cannot be adopted: use another collection name",
  );
  expect(emulator.requests.filter((line) => line.startsWith("POST"))).toHaveLength(2);
});

const program = (name: string, objects: object[]) => `
import { ChromaSyncInvocation, ChromaSyncInvocationBatch } from "pulumi-chroma-sync";
new ChromaSyncInvocationBatch("${name}", { sourceId: "${S3}", waitForCompletion: true, objects: ${JSON.stringify(objects)} });
new ChromaSyncInvocation("single", { sourceId: "${S3}", objectKey: "gone", waitForCompletion: true });
`;
const entry = (objectKey: string, version = "1") => ({ objectKey, version });

test("changes of a batch and failures are told in the words of the program, once, on their rows", async () => {
  const { project } = await oneSync(QUICK);
  project.write({ "index.ts": program("batch", [entry("a"), entry("missing")]) });
  const first = await project.preview("--diff");
  for (const line of ["2 new, 0 changed, 0 removed, 0 unchanged", "+ a", "+ missing", "count : 2"])
    expect(first.output).toContain(line);
  const failed = await project.up();
  expect(failed.code).not.toBe(0);
  const [planned, updated] = failed.output.split("Updating (dev)");
  expect(planned).toContain("2 new");
  expect(updated).not.toContain("2 new");
  expect(updated).toMatch(/complete 1 · failed 1/);

  const refreshed = await project.refresh("--skip-preview");
  const reason = "1 of 2 syncs failed (missing: object missing does not exist in bucket b)";
  expect(diagnosticsOf(refreshed.output, "batch")).toContain(reason);
  expect(diagnosticsOf(refreshed.output, "single")).toMatch(
    /Invocation \S+ failed: object gone does not exist/,
  );
  expect(refreshed.output).not.toContain("removed");

  const next = await project.preview();
  expect(diagnosticsOf(next.output, "batch")).toContain(
    `${reason}. \`pulumi up\` fails again unless version changes`,
  );
  expect(diagnosticsOf(next.output, "single")).toMatch(
    /Invocation \S+ failed: object gone .*\. `pulumi up` fails again unless triggers change or retryFailed: true is set/,
  );

  project.write({ "index.ts": program("batch", [entry("a", "2"), entry("b")]) });
  const changed = await project.preview("--diff");
  for (const line of ["1 new, 1 changed, 1 removed, 0 unchanged", "+ b", "~ a version 1 → 2", "- missing"])
    expect(changed.output).toContain(line);

  project.write({ "index.ts": program("renamed", [entry("a"), entry("b")]) });
  const renamed = diagnosticsOf((await project.preview()).output, "renamed");
  expect(renamed).toContain(
    "1 of the 2 objects to sync has been synced into objects before, by another name or stack",
  );
  expect(renamed).toContain("US$ 0.04 per GiB processed and US$ 2.50 per GiB written");
  for (const { output } of [first, failed, changed]) expect(output).not.toMatch(/"1 a|1 a,|a,1/);
});

test("the plugin says the same", async () => {
  const { project, ids } = await pluginProject("previews");
  const declare = (code: string, objects: string) =>
    project.declare(`
resources:
  ${code}:
    type: chroma-sync:Invocation
    properties: { sourceId: ${GITHUB}, targetCollectionName: code, waitForCompletion: true }
  batch:
    type: chroma-sync:InvocationBatch
    properties: { sourceId: ${S3}, waitForCompletion: true, objects: [${objects}] }
`);
  declare("code", "{ objectKey: a, version: v1 }");
  const { output } = await project.up("--skip-preview");
  expect(output).toMatch(/:Invocation code .*complete · \d+ s/);
  expect(output).toMatch(/:InvocationBatch batch .*complete 1/);
  declare("renamed", "{ objectKey: a, version: v2 }, { objectKey: docs/guide.md }");
  const preview = await project.preview();
  expect(ids().some((id) => diagnosticsOf(preview.output, "renamed").includes(`invocation ${id}`))).toBe(
    true,
  );
  expect(diagnosticsOf(preview.output, "renamed")).toContain('`aliases: [{ name: "code" }]`');
  const batch = diagnosticsOf(preview.output, "batch");
  for (const line of ["1 new, 1 changed, 0 removed, 0 unchanged", "+ docs/guide.md", "~ a version v1 → v2"])
    expect(batch).toContain(line);
  const updated = await project.up("--skip-preview", "--target", "**::batch");
  expect(updated.output).not.toContain("1 new");
});
