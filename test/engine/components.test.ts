import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";
import { commitIn, repositoryIn } from "../support/git.js";
import { Project } from "../support/project.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const repository = temporaryFolder();
const commits: string[] = [];

let emulator: Emulator;
let project: Project;
const declare = (args: string) =>
  project.write({
    "index.ts": `import { ChromaSyncedRepository } from "pulumi-chroma-sync";
const code = new ChromaSyncedRepository("code", { ${args} } as never);
export const collection = code.collectionName;
export const invocation = code.invocation.invocationId;`,
  });
/** A name of a collection: prefix, source and commit. */
const named = (prefix: string, commit: string) =>
  expect.stringMatching(new RegExp(`^${prefix}-[0-9a-f]{8}-${commit}$`));
const source = 'source: { databaseName: "db", repository: "acme/app" }';

beforeAll(async () => {
  commits.push(repositoryIn(repository), commitIn(repository, "second"));
  emulator = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      sources: [{ id: SOURCE, database_name: "other", github: { repository: "acme/app" } }],
      repositories: { "acme/app": path.resolve(repository) },
    },
  });
  project = new Project("components", {}, { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url });
  project.init();
});

afterAll(async () => {
  await emulator.close();
  project.remove();
});

test("each commit has a collection of its own, known once its sync is complete; a rollback adopts", async () => {
  const outputs: Record<string, unknown>[] = [];
  for (const commit of [commits[0], commits[1], commits[0]]) {
    declare(`${source}, commit: "${commit}"`);
    const { code, output } = await project.up("--skip-preview");
    expect({ code, output }).toMatchObject({ code: 0 });
    outputs.push(await project.outputs());
    expect(outputs.at(-1)).toMatchObject({ collection: named("code", commit!) });
  }
  expect(emulator.jobs().map(({ status }) => Object.keys(status as object))).toEqual([
    ["complete"],
    ["complete"],
  ]);
  expect(outputs[2]).toEqual(outputs[0]);
});

test("a sync that fails leaves the output on the collection before", async () => {
  declare(`${source}, commit: "${"0".repeat(40)}"`);
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  expect(await project.outputs()).toMatchObject({ collection: named("code", commits[0]!) });
});

test("another source takes another collection: of other globs, and after a destroy", async () => {
  const collections = new Set<unknown>();
  const globs = 'source: { databaseName: "db", repository: "acme/app", includeGlobs: ["*.md"] }';
  for (const step of [source, globs, "destroy", globs]) {
    if (step === "destroy") {
      expect(await project.destroy("--skip-preview")).toMatchObject({ code: 0 });
      continue;
    }
    declare(`${step}, commit: "${commits[0]}"`);
    const { code, output } = await project.up("--skip-preview");
    expect({ code, output }).toMatchObject({ code: 0 });
    collections.add((await project.outputs()).collection);
  }
  expect(collections.size).toBe(3);
});

test("within another component that has a provider all use its key, and a second up changes nothing", async () => {
  const tenant = new Project("nested", {
    "index.ts": `import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncedBucket, ChromaSyncedRepository, ChromaSyncProvider, ChromaSyncSource, getSourceOutput } from "pulumi-chroma-sync";
class Platform extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super("acme:index:Platform", name, {}, options);
    const parent = this;
    const app = new ChromaSyncedRepository("app", { ${source}, commit: pulumi.secret("${commits[0]}"), waitForCompletion: pulumi.output(true) }, { parent });
    const own = new ChromaSyncSource("own", { databaseName: "db", github: { repository: "acme/own" } }, { parent });
    const second = new ChromaSyncedRepository("second", { sourceId: own.sourceId, commit: "${commits[0]}" }, { parent, dependsOn: app });
    const s3 = { bucketName: "acme", region: "us-east-1", collectionName: "objects", awsAccessKeyId: "AKIA-OF-IT", awsSecretAccessKey: "inline-secret" };
    const objects = [{ objectKey: ".git/HEAD" }];
    const bucket = new ChromaSyncedBucket("bucket", { source: { databaseName: "db", s3 }, objects, waitForCompletion: true }, { parent, dependsOn: second.invocation });
    const repository = getSourceOutput({ id: own.id }, { parent }).apply(({ github }) => github?.repository);
    this.result = pulumi.output({ app: app.collectionName, second: second.collectionName, counts: bucket.counts, repository });
  }
  readonly result: pulumi.Output<unknown>;
}
const provider = new ChromaSyncProvider("tenant", { apiKey: "key-of-tenant" });
export const result = new Platform("platform", { provider }).result;`,
  });
  const service = await startEmulator({
    token: "key-of-tenant",
    seed: { repositories: { "acme/app": repository, "acme/own": repository }, buckets: { acme: repository } },
  });
  tenant.setEnvironment({ CHROMA_SYNC_ENDPOINT: service.url });
  tenant.init();
  const up = await tenant.up();
  expect(up).toMatchObject({ code: 0 });
  expect(await tenant.outputs()).toMatchObject({
    result: {
      app: named("app", commits[0]!),
      second: named("second", commits[0]!),
      counts: { complete: 1, total: 1 },
      repository: "acme/own",
    },
  });
  expect(await tenant.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(up.output + tenant.stateText()).not.toMatch(/key-of-tenant|inline-secret|AKIA-OF-IT/);
  expect(await tenant.destroy("--skip-preview")).toMatchObject({ code: 0 });
  await service.close();
  tenant.remove();
});

test("a source that exists is named by its id, and one of both is asked for", async () => {
  declare(`sourceId: "${SOURCE}", commit: "${commits[1]}", collectionPrefix: "app"`);
  const { code, output } = await project.up("--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(emulator.jobs().at(-1)).toMatchObject({ source_id: SOURCE });
  expect(await project.outputs()).toMatchObject({ collection: named("app", commits[1]!) });
  declare(`commit: "${commits[1]}"`);
  const refused = await project.preview();
  expect(refused.output).toContain("requires either source or sourceId");
});
