import { ChromaSyncClient } from "../../src/api/index.js";
import { policyPack } from "../support/policy.js";
import { GITHUB, oneSync, S3 } from "./one-sync.js";

const SHA = "3f786850e387550fdab836ed7e6dc881de23001b";

/** A program whose source ids are outputs of a resource, so that a first preview does not know them. */
const program = (body: string) => `
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation, ChromaSyncInvocationBatch, ChromaSyncSource } from "pulumi-chroma-sync";
class Maker implements pulumi.dynamic.ResourceProvider {
  async create({ value }: any) { return { id: "1", outs: { value, made: value } }; }
}
class Later extends pulumi.dynamic.Resource {
  declare readonly made: pulumi.Output<string>;
  constructor(value: string) { super(new Maker(), "later-" + value, { value, made: undefined }); }
}
const unknown = (value: string) => new Later(value).made;
const objects = (count: number) => Array.from({ length: count }, (_, n) => ({ objectKey: "p/" + n }));
${body}
`;

/** A stack with the ready pack, and runs of it under a configuration. */
async function checked(body: string) {
  const stack = await oneSync({ pendingMs: 600_000 });
  const { flags, PATH } = policyPack(stack.project.folder);
  stack.project.setEnvironment({ PATH });
  const write = (text: string) => stack.project.write({ "index.ts": program(text) });
  write(body);
  const posts = () => stack.emulator.requests.filter((line) => line.startsWith("POST")).length;
  const run = async (command: "preview" | "up", config: object, ...args: string[]) => {
    stack.project.write({ "config.json": JSON.stringify(config) });
    const { code, output } = await stack.project[command](
      ...[...flags, "--policy-pack-config", "config.json", ...args],
    );
    const judged = [...output.matchAll(/\[(mandatory|advisory)\]\s+(\S+)/g)].map(
      ([, level, name]) => `${level} ${name}`,
    );
    return { failed: code !== 0, output, judged };
  };
  return { ...stack, write, posts, run };
}

const LIMIT = { "max-syncs-per-stack": { max: 10 } };
const BATCH = `new ChromaSyncInvocationBatch("batch", { sourceId: unknown("${S3}"), objects: objects(42) });`;

test("a batch of 42 behind an unknown source is stopped by a limit of 10, with no request", async () => {
  const { posts, run } = await checked(BATCH);
  const stopped = await run("up", LIMIT);
  expect([stopped.failed, posts()]).toEqual([true, 0]);
  expect(stopped.output).toContain("the stack declares 42 syncs, 10 are allowed");
  // A source that is not known concerns the rule that compares sources, and no other.
  expect(stopped.judged.sort()).toEqual([
    "advisory one-sync-per-key",
    "advisory wait-in-ci",
    "mandatory max-syncs-per-stack",
  ]);
  const late = await run("up", LIMIT, "--skip-preview");
  expect([late.failed, posts()]).toEqual([true, 0]);
  expect(late.output).toContain("the stack declares 42 syncs up to batch, 10 are allowed");
});

test("a batch whose objects are not known at preview is stopped at up, with no request", async () => {
  const { posts, run } = await checked(`
new ChromaSyncInvocationBatch("batch", { sourceId: "${S3}", objects: unknown("x").apply(() => objects(42)) });
`);
  const { failed, output } = await run("up", LIMIT);
  const [preview, up] = output.split("Updating (dev):");
  expect(preview).toMatch(/\[advisory\] {2}max-syncs-per-stack.*\n.*can't run policy 'max-syncs-per-stack'/);
  expect(preview).not.toContain("[mandatory]");
  expect(up).toContain("[mandatory]  max-syncs-per-stack");
  expect([failed, posts()]).toEqual([true, 0]);
});

test("a preview without changes is judged as well, though state holds records and no objects", async () => {
  const { posts, run } = await checked(BATCH);
  expect((await run("up", {})).failed).toBe(false);
  expect(posts()).toBe(42);
  const again = await run("preview", LIMIT);
  expect(again.output).toContain("the stack declares 42 syncs, 10 are allowed");
  expect(again.failed).toBe(true);
  const up = await run("up", LIMIT, "--skip-preview");
  expect([up.failed, posts()]).toEqual([true, 42]);
});

test("no more than are allowed start, even if the run continues after an error", async () => {
  const { posts, run } = await checked(`
for (const { objectKey } of objects(30)) new ChromaSyncInvocation(objectKey, { sourceId: "${S3}", objectKey });
`);
  const { failed, output } = await run("up", LIMIT, "--skip-preview", "--continue-on-error");
  expect([failed, posts()]).toEqual([true, 10]);
  expect(output).toContain("the stack declares 11 syncs up to");
});

test("a source that is not known at preview silences none of the nine rules that need none", async () => {
  const { posts, run } = await checked(`
const sourceId = unknown("${S3}");
const git = new ChromaSyncInvocation("git", { sourceId, refIdentifier: { branch: "main" }, targetCollectionName: "docs", cancelOnDelete: false });
new ChromaSyncInvocationBatch("batch", { sourceId, targetCollectionName: "a..b", objects: [
  { objectKey: "a.pdf", customId: "x".repeat(121), metadata: { key: "AKIAIOSFODNN7EXAMPLE", n: "x".repeat(9000) } },
] }, { dependsOn: git });
`);
  const { failed, judged } = await run("preview", {});
  for (const name of ["collection-name", "custom-id-length", "document-budget", "metadata-limits"])
    expect(judged).toContain(`mandatory ${name}`);
  expect(judged).toContain("mandatory no-credentials");
  for (const name of ["pinned-ref", "collection-of-ref", "wait-in-ci", "cancel-on-delete"])
    expect(judged).toContain(`advisory ${name}`);
  expect([failed, posts()]).toEqual([true, 0]);
});

test("the second sync of one object is stopped at up, if the source was not known at preview", async () => {
  const { emulator, run } = await checked(`
const sourceId = unknown("${S3}");
const first = new ChromaSyncInvocation("first", { sourceId, objectKey: "a" });
new ChromaSyncInvocation("second", { sourceId, objectKey: "a" }, { dependsOn: first });
`);
  const { failed, output } = await run("up", {});
  expect(output.split("Updating (dev):")[1]).toContain("first and second both sync object key");
  expect(failed).toBe(true);
  expect(emulator.jobs()).toHaveLength(1);
});

const twoSources = (databases: [string, string]) => `
const sources = ${JSON.stringify(databases)}.map((databaseName, n) =>
  new ChromaSyncSource("source-" + n, { databaseName, github: { repository: "acme/docs", appId: String(n) } }));
for (const [n, branch] of ["main", "dev"].entries())
  new ChromaSyncInvocation("sync-" + n, { sourceId: sources[n]!.sourceId, refIdentifier: { branch }, targetCollectionName: "docs-x" });
`;

test("two refs in collections of one name clash if the database is one, and not if there are two", async () => {
  const apart = await checked(twoSources(["db", "other"]));
  const passed = await apart.run("up", { "one-ref-per-collection": "mandatory" });
  expect(passed.failed).toBe(false);
  expect(passed.output.split("Updating (dev):")[1]).not.toMatch(/one-ref-per-collection|not-judged/);
  expect(apart.emulator.jobs()).toHaveLength(2);
  const together = await checked(twoSources(["db", "db"]));
  await together.run("up", { "one-ref-per-collection": "disabled" });
  const again = await together.run("preview", {});
  expect(again.output).toMatch(/sync-\d and sync-\d sync different refs into "docs-x"/);
  expect([again.failed, again.judged.includes("mandatory one-ref-per-collection")]).toEqual([true, true]);
});

test("what a rule cannot tell is advised as not judged, and stops nothing", async () => {
  const { emulator, run, write } = await checked("");
  const client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k" });
  const other = await client.createSource({ database_name: "other", github: { repository: "acme/docs" } });
  await client.close();
  write(`
new ChromaSyncInvocation("x", { sourceId: "${GITHUB}", refIdentifier: { sha: "${SHA}" }, targetCollectionName: "docs-${SHA}" });
new ChromaSyncInvocation("y", { sourceId: "${other}", refIdentifier: { branch: "main" }, targetCollectionName: "docs-${SHA}" });
`);
  const { judged, output } = await run("preview", {});
  expect(judged).toContain("advisory not-judged");
  expect(judged).not.toContain("mandatory one-ref-per-collection");
  expect(output.replace(/\s+/g, " ")).toMatch(
    /one-ref-per-collection: (x and y|y and x) sync different refs into .*, if their sources are in one database, which is not known/,
  );
});

test("of many violations 20 are shown and the others counted, and each reason stands once", async () => {
  const config = { "document-budget": "mandatory", "wait-in-ci": "disabled", "cost-estimate": "disabled" };
  const { run, write } = await checked(`
new ChromaSyncInvocationBatch("batch", { sourceId: "${S3}", objects: objects(50).map(({ objectKey }) => ({ objectKey: objectKey + ".pdf" })) });
`);
  const count = (text: string, part: RegExp) => text.match(part)?.length ?? 0;
  const batch = await run("preview", config);
  expect(count(batch.output, /is priced by the page/g)).toBe(20);
  expect(batch.output).toContain("and 30 more");
  expect(count(batch.output, /one document may have 7,000/g)).toBe(1);
  write(`
for (const { objectKey } of objects(50)) new ChromaSyncInvocation(objectKey, { sourceId: "${S3}", objectKey: objectKey + ".pdf" });
`);
  const single = await run("preview", config);
  expect(count(single.output, /is priced by the page/g)).toBe(20);
  expect(single.output).toContain("and 30 more");
  expect(count(single.output, /one document may have 7,000/g)).toBe(1);
  expect([batch.failed, single.failed]).toEqual([true, true]);
});
