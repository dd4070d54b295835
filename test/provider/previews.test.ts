import * as fs from "node:fs";
import * as path from "node:path";
import { PRICES as EMULATED } from "../../src/emulator/cost.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { PRICES } from "../../src/model/prices.js";
import { UNKNOWN } from "../../src/model/unknown.js";
import type { Properties } from "../../src/provider/resource.js";
import { RESOURCES } from "../../src/provider/resources.js";
import { repositoryIn } from "../support/git.js";
import { contextAt, surroundings, temporaryFolder } from "./context.js";
import { GITHUB, S3 } from "./service.js";

const { invocation, batch, source } = RESOURCES;
const urnOf = (name: string, stack = "dev") => `urn:pulumi:${stack}::p::t::${name}`;
const repository = temporaryFolder();
const bucket = temporaryFolder();
const journal = temporaryFolder();
const elsewhere = temporaryFolder();
const sha = repositoryIn(repository);
for (const name of ["a", "b", "c.html"]) fs.writeFileSync(path.join(bucket, name), name);

let emulator: Emulator;
beforeEach(async () => {
  fs.rmSync(journal, { recursive: true, force: true });
  emulator = await startEmulator({
    token: "key-of-the-test",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      buckets: { b: bucket },
      repositories: { "acme/docs": repository },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
  });
});
afterEach(() => emulator.close());

/** A run on the same machine, or on another one. */
const run = (disk = journal) => contextAt(emulator.url, { "chroma-sync:journal": disk }, surroundings());
const sync = {
  sourceId: GITHUB,
  refIdentifier: { sha },
  targetCollectionName: "docs",
  waitForCompletion: true,
};
const up = async (name: string, inputs: Properties, stack?: string) => {
  const context = run();
  const state = await invocation.create(context, urnOf(name, stack), invocation.inputs(inputs));
  // The next run sees it in state.
  run().seenInState(state.invocationId as string, {}, urnOf(name, stack));
  return state;
};
const preview = async (name: string, inputs: Properties, context = run(), stack?: string) => {
  await invocation.preview!(context, urnOf(name, stack), invocation.inputs(inputs));
  return { warnings: context.warnings.join("\n"), lines: context.lines.join("\n") };
};
const lists = () =>
  emulator.requests.filter((line) => /^GET \/api\/v1\/invocations(\?|$| )/.test(line)).length;

test("a renamed sync is told of the 409 to come, with the invocation and the option aliases", async () => {
  const { invocationId } = await up("old", sync);
  const { warnings } = await preview("new", sync);
  expect(warnings).toContain("will be refused with 409 unless collection docs is deleted");
  expect(warnings).toContain(invocationId);
  expect(warnings).toContain('`aliases: [{ name: "old" }]`');
});

test("the 409 that is foreseen comes", async () => {
  await up("old", sync);
  await expect(up("new", sync)).rejects.toThrow("returned 409");
});

test("in a second stack, after a destroy, and on another machine other ways out fit", async () => {
  const state = await up("old", sync);
  const second = await preview("old", sync, run(), "prod");
  expect(second.warnings).toContain(`${urnOf("old")} has it: set onConflict: "adopt"`);
  expect(second.warnings).toContain("give each stack a collection name of its own");
  const other = await preview("new", sync, run(elsewhere));
  expect(other.warnings).toContain(
    'set onConflict: "adopt" to use what it has synced; if the resource was renamed',
  );
  await invocation.delete(run(), state.invocationId as string, state);
  const destroyed = await preview("old", sync);
  expect(destroyed.warnings).toContain('No resource has it any more: set onConflict: "adopt"');
});

test("a forced replacement is told that it is its own sync which is in the way", async () => {
  await up("old", sync);
  const { warnings } = await preview("old", sync);
  expect(warnings).toContain("It is this resource's own. To sync again, use another collection name");
});

test("another ref cannot be adopted, and needs another collection", async () => {
  await up("old", sync);
  const { warnings } = await preview("new", { ...sync, refIdentifier: { branch: "main" } });
  expect(warnings).toContain("It is of another ref, so it cannot be adopted: use another collection name");
  const unknown = await preview("new", { ...sync, refIdentifier: UNKNOWN });
  expect(unknown.warnings).toContain("use another collection name");
});

test("what will be adopted is told, and is no warning", async () => {
  const { invocationId } = await up("old", sync);
  const { warnings, lines } = await preview("new", { ...sync, onConflict: "adopt" });
  expect(warnings).toBe("");
  expect(lines).toContain(`adopts ${invocationId}`);
});

test("a source that is created anew is told whose sync is in the way", async () => {
  const { invocationId } = await up("old", sync);
  const context = run();
  const unknown = { ...sync, sourceId: UNKNOWN };
  expect((await preview("old", unknown, context)).warnings).toBe("");
  await source.preview!(context, urnOf("s"), { databaseName: "db", github: { repository: "acme/docs" } });
  const { warnings } = await preview("old", unknown, context);
  expect(warnings).toContain(invocationId);
  expect(warnings).toContain(`It is of source ${GITHUB}, and this run creates another one`);
});

test("what an earlier run was killed over is adopted from the journal, and nothing is in the way", async () => {
  const killed = run();
  const state = await invocation.create(killed, urnOf("old"), invocation.inputs(sync));
  expect(state.status).toBe("complete");
  expect((await preview("old", sync)).warnings).toBe("");
});

test.each([
  ["another collection", { ...sync, targetCollectionName: "free" }],
  ["a collection that is not known", { ...sync, targetCollectionName: UNKNOWN }],
  ["an object of a bucket", { sourceId: S3, objectKey: "a", targetCollectionName: "docs" }],
  ["an invocation that is named", { ...sync, adoptInvocationId: GITHUB }],
])("nothing is said of %s", async (_what, inputs) => {
  await up("old", sync);
  const { warnings, lines } = await preview("new", inputs);
  expect([warnings, lines]).toEqual(["", ""]);
});

test("an update of what exists is asked nothing, and a service that fails silences a preview", async () => {
  const state = await up("old", sync);
  const context = run();
  await invocation.preview!(context, urnOf("old"), invocation.inputs(sync), state);
  expect(context.warnings).toEqual([]);
  await emulator.close();
  expect((await preview("new", sync)).warnings).toBe("");
  emulator = await startEmulator();
});

test("syncs of one source share one listing in a preview", async () => {
  await up("old", sync);
  const before = lists();
  const context = run();
  await Promise.all(["x", "y", "z"].map((name) => preview(name, sync, context)));
  expect(lists() - before).toBe(1);
  expect(context.warnings).toHaveLength(3);
});

test("objects that another stack or name has synced are counted, with what syncing them again costs", async () => {
  const objects = ["a", "b", "c.html", "d"].map((objectKey) => ({ objectKey }));
  const inputs = (more: Properties = {}) => batch.inputs({ sourceId: S3, objects, ...more });
  const context = run();
  await batch
    .create(context, urnOf("old"), inputs({ waitForCompletion: { pollIntervalSeconds: 0.1 } }))
    .catch(() => {});
  const other = run();
  await batch.preview!(other, urnOf("new"), inputs());
  expect(other.lines[0]).toContain("4 new");
  const [warning] = other.warnings;
  // The fourth does not exist, and its sync failed.
  expect(warning).toContain(
    "3 of the 4 objects to sync have been synced into objects before, by another name or stack",
  );
  expect(warning).toContain("US$ 0.04 per GiB processed and US$ 2.50 per GiB written");
  expect(warning).toContain("US$ 0.01 a page of 1 documents, so at least US$ 0.01");
  const another = run();
  await batch.preview!(another, urnOf("new"), inputs({ targetCollectionName: "others" }));
  expect(another.warnings).toEqual([]);
});

test("the journal knows what a killed batch has started: it is not counted", async () => {
  const objects = [{ objectKey: "a" }];
  await batch.create(run(), urnOf("old"), batch.inputs({ sourceId: S3, objects }));
  const again = run();
  await batch.preview!(again, urnOf("old"), batch.inputs({ sourceId: S3, objects }));
  expect(again.warnings).toEqual([]);
});

test("the prices are those of docs/cost.md and of the emulator", () => {
  expect(EMULATED).toMatchObject(PRICES);
  const page = fs.readFileSync(path.join(__dirname, "../../docs/cost.md"), "utf8");
  for (const row of ["processing | 0.04 per GiB", "| 0.01 |", "collection | 2.50 per GiB"])
    expect(page).toContain(row);
  expect(PRICES).toEqual({ processingPerGiB: 0.04, page: 0.01, writingPerGiB: 2.5 });
});
