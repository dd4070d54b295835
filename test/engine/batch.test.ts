import * as fs from "node:fs";
import * as path from "node:path";
import { oneSync, S3 } from "./one-sync.js";

const program = (args: string, before = "") => `
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocationBatch } from "pulumi-chroma-sync";
${before}
const batch = new ChromaSyncInvocationBatch("batch", { sourceId: "${S3}", ${args} });
export const ids = batch.invocationIds;
export const counts = batch.counts;
export const failures = batch.failures;
`;

const objects = (...keys: string[]) =>
  `objects: [${keys.map((key) => `{ objectKey: "${key.split("@")[0]}", version: "${key.split("@")[1] ?? ""}" }`).join(", ")}]`;

test("only what is new or changed is invoked, what is gone is cancelled, and the preview says so", async () => {
  const { project, ids, cancels, emulator } = await oneSync({ pendingMs: 600_000 });
  project.write({ "index.ts": program(`triggers: [0], onRemoved: "cancel", ${objects("a", "b@1", "c")}`) });
  const preview = await project.preview();
  expect(preview.output).toContain("3 new, 0 changed, 0 removed, 0 unchanged");
  expect(ids()).toHaveLength(0);
  expect((await project.up("--skip-preview")).output).toContain("+ 2 created");
  const first = (await project.outputs()).ids as Record<string, string>;
  expect(Object.values(first).sort()).toEqual(ids().sort());
  expect((await project.up("--skip-preview")).output).toContain("2 unchanged");

  project.write({ "index.ts": program(`triggers: [0], onRemoved: "cancel", ${objects("a", "b@2", "d")}`) });
  const plan = (await project.preview()).output;
  expect(plan).toContain("1 new, 1 changed, 1 removed, 1 unchanged");
  for (const line of ["+ d", "~ b", "- c"]) expect(plan).toContain(line);
  await project.up("--skip-preview");
  const second = (await project.outputs()).ids as Record<string, string>;
  expect(Object.keys(second)).toEqual(["a", "b", "d"]);
  expect(second.a).toBe(first.a);
  expect(second.b).not.toBe(first.b);
  expect(ids()).toHaveLength(5);
  // The one that is gone, and the one that another version supersedes.
  expect(cancels()).toBe(2);

  project.write({ "index.ts": program(`triggers: [1], ${objects("a", "b@2", "d")}`) });
  await project.up("--skip-preview");
  expect(ids()).toHaveLength(8);
  emulator.behaviour.pendingMs = 0;
  expect((await project.refresh()).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("2 unchanged");
  await project.destroy("--skip-preview");
  expect(ids()).toHaveLength(8);
});

test("entries that hold outputs are known at up, and the others at preview", async () => {
  const { project, ids } = await oneSync();
  const before = `
class Maker implements pulumi.dynamic.ResourceProvider {
  async create() { return { id: "1", outs: { key: "made" } }; }
}
class Made extends pulumi.dynamic.Resource {
  declare readonly key: pulumi.Output<string>;
  constructor(name: string) { super(new Maker(), name, { key: undefined }); }
}
const made = new Made("made");`;
  project.write({
    "index.ts": program(
      `objects: [{ objectKey: "a" }, { objectKey: made.key, metadata: { s: pulumi.secret("hush") } }]`,
      before,
    ),
  });
  expect((await project.preview()).output).toContain(
    "1 new, 0 changed, 0 removed, 0 unchanged + 1 known at up",
  );
  await project.up("--skip-preview");
  expect(Object.keys((await project.outputs()).ids as object)).toEqual(["a", "made"]);
  expect(ids()).toHaveLength(2);
  expect(project.stateText()).not.toContain("hush");
});

test("keys that are in the list twice and custom ids that collide fail at preview and are named", async () => {
  const { project, ids } = await oneSync();
  project.write({
    "index.ts": program(
      `objects: [{ objectKey: "a" }, { objectKey: "a" }, { objectKey: "x", customId: "same" }, { objectKey: "y", customId: "same" }, { objectKey: "" }]`,
    ),
  });
  const { code, output } = await project.preview();
  expect(code).not.toBe(0);
  expect(output).toContain('"a" is in the list twice');
  expect(output).toContain('"y" and "x" have the same customId');
  expect(output).toContain("objectKey is empty");
  expect(ids()).toHaveLength(0);
});

test("what is not a property of an object fails at preview, in a list and in an Output of one", async () => {
  const { project, ids } = await oneSync();
  const wrong =
    '[{ objectKey: "a", versoin: "2" }, { key: "b" }, { objectKey: "c", version: 3 }, "d"] as never';
  for (const list of [wrong, `pulumi.output(${wrong})`, '"a" as never']) {
    project.write({ "index.ts": program(`objects: ${list}`) });
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    expect(output).toContain("objects must be a list of { objectKey, customId, metadata, version }");
  }
  project.write({ "index.ts": program(`objects: ${wrong.replace(', "d"', "")}`) });
  const { output } = await project.preview();
  expect(output).toContain('"a": has the unknown property versoin: did you mean version?');
  expect(output).toContain("objectKey is required");
  expect(output).toContain('"c": version must be a string');
  expect(ids()).toHaveLength(0);
});

test("of a list that fails in part the rest is in state, and the next up invokes only what is missing", async () => {
  const { project, ids, state } = await oneSync({ pendingMs: 0, processingMs: 0 });
  const missing = "missing";
  project.write({ "index.ts": program(`waitForCompletion: true, ${objects("a", missing)}`) });
  const failed = await project.up("--skip-preview");
  expect(failed.code).not.toBe(0);
  expect(failed.output).toContain("1 failed (missing)");
  expect((await state()).outputs.counts).toMatchObject({ total: 2, complete: 1, failed: 1 });

  project.write({
    "index.ts": program(`waitForCompletion: true, retryFailed: true, ${objects("a", "missing@2")}`),
  });
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  expect(ids()).toHaveLength(3);
  project.write({ "index.ts": program(`waitForCompletion: true, ${objects("a")}`) });
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(ids()).toHaveLength(3);
});

test.each([
  ["pulumi"],
  ["both"],
])("kill -9 of %s in the middle: the next up starts only the rest", async (victim) => {
  const { project, ids, emulator } = await oneSync();
  const keys = Array.from({ length: 3000 }, (_, n) => `k${n}`);
  fs.writeFileSync(path.join(project.folder, "keys.json"), JSON.stringify(keys));
  project.write({
    "index.ts": program(
      `concurrency: 8, objects: require("./keys.json").map((objectKey: string) => ({ objectKey, version: "1" }))`,
    ),
  });
  const run = project.start("up", "--yes", "--skip-preview");
  while (emulator.requests.length < 400) await new Promise((resolve) => setTimeout(resolve, 5));
  run.kill();
  if (victim === "both") project.killProvider();
  await run.done;
  await project.pulumi("cancel", "--yes");
  const next = await project.up("--skip-preview");
  expect(next.code).toBe(0);
  const held = Object.values((await project.outputs()).ids as Record<string, string>);
  expect(held.sort()).toEqual(ids().sort());
  expect(held).toHaveLength(3000);
});

test("Ctrl-C in the middle ends the run with what was started in state", async () => {
  const { project, ids, state, emulator } = await oneSync();
  fs.writeFileSync(
    path.join(project.folder, "keys.json"),
    JSON.stringify(Array.from({ length: 5000 }, (_, n) => `k${n}`)),
  );
  project.write({
    "index.ts": program(
      `concurrency: 2, objects: require("./keys.json").map((objectKey: string) => ({ objectKey }))`,
    ),
  });
  const run = project.start("up", "--yes", "--skip-preview");
  while (emulator.requests.length < 100) await new Promise((resolve) => setTimeout(resolve, 5));
  run.interrupt();
  expect((await run.done).output).toContain("The run was cancelled with");
  expect((await state()).outputs.counts.total).toBe(ids().length);
  expect(ids().length).toBeLessThan(5000);
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(ids()).toHaveLength(5000);
});
