import * as fs from "node:fs";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { UNKNOWN } from "../../src/model/unknown.js";
import type { Properties, Resource } from "../../src/provider/resource.js";
import { RESOURCES } from "../../src/provider/resources.js";
import { contextAt, temporaryFolder } from "./context.js";
import { GITHUB, S3 } from "./service.js";

const WEB = "0192f0c1-5d3e-7b7a-9c53-000000000003";
const URN = "urn:pulumi:dev::p::t::n";
const { invocation, batch, source, collection } = RESOURCES;

const folder = temporaryFolder();
for (const name of ["a", "b", "c"]) fs.writeFileSync(path.join(folder, name), name);

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    token: "key-of-the-test",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      buckets: { b: folder },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
        { id: WEB, database_name: "db", web_scrape: { starting_url: "https://docs.example.com" } },
      ],
    },
  });
});
afterEach(() => emulator.close());

const SHA = "a".repeat(40);
const github = { sourceId: GITHUB, refIdentifier: { sha: SHA }, targetCollectionName: "docs" };
const web = { sourceId: WEB, targetCollectionName: "site" };
const object = { sourceId: S3, objectKey: "a" };
const full = { ...object, customId: "c", metadata: { team: "docs", tags: ["x"] } };
const repository = { databaseName: "db", github: { repository: "acme/other", includeGlobs: ["*.md"] } };
const bucket = {
  databaseName: "db",
  s3: { bucketName: "other", region: "us-east-1", collectionName: "objects", awsCredentialId: 42 },
};
const keyed = {
  databaseName: "db",
  s3: { ...bucket.s3, awsCredentialId: null, awsAccessKeyId: "AKIA", awsSecretAccessKey: "secret" },
};
const objects = { sourceId: S3, objects: [{ objectKey: "a" }, { objectKey: "b", version: "1" }] };

/** A plan that is not what comes of it would show a wrong preview. */
function expectPlanned(plan: Properties, state: Properties): void {
  expect(Object.keys(plan)).toEqual(expect.arrayContaining(Object.keys(state)));
  const known = Object.entries(plan).filter(([, value]) => value !== UNKNOWN);
  expect(state).toMatchObject(Object.fromEntries(known));
}

const CREATES: [string, Resource, Properties][] = [
  ["a commit of a repository", invocation, github],
  ["an object that is waited for", invocation, { ...object, waitForCompletion: true }],
  ["a commit that may be adopted", invocation, { ...github, onConflict: "adopt" }],
  ["a site", invocation, web],
  ["an object", invocation, object],
  ["an object with all that there is", invocation, { ...full, triggers: [1, null], provenance: true }],
  ["an object into another collection", invocation, { ...object, targetCollectionName: "others" }],
  ["a batch", batch, objects],
  ["a batch that is waited for", batch, { ...objects, waitForCompletion: true, metadata: { a: 1 } }],
  ["a repository", source, repository],
  ["a bucket", source, bucket],
  ["a bucket with inline keys", source, keyed],
  ["a collection in use", collection, { collectionName: "docs", databaseName: "db" }],
  ["a collection in use of a source", collection, { collectionName: "docs", sourceId: GITHUB }],
];

test.each(CREATES)("%s: a create leaves what was planned", async (_, resource, properties) => {
  const inputs = resource.inputs(properties);
  const state = await resource.create(contextAt(emulator.url), URN, inputs);
  expectPlanned(resource.planned(inputs), state);
  expect(typeof state[resource.id]).toBe("string");
});

test.each([
  ["a setting", invocation, object, { cancelOnDelete: false }],
  ["a wait", invocation, object, { waitForCompletion: true }],
  ["nothing of a finished wait", invocation, { ...object, waitForCompletion: true }, {}],
  ["a setting of a batch", batch, objects, { cancelOnDelete: false }],
  ["a wait of a batch", batch, objects, { waitForCompletion: true }],
  ["an object of a batch", batch, objects, { objects: [...objects.objects, { objectKey: "c" }] }],
  ["metadata of a batch", batch, objects, { metadata: { a: 1 } }],
  ["a setting of a source", source, keyed, { onConflict: "adopt" }],
  [
    "the endpoint of a collection",
    collection,
    { collectionName: "docs", databaseName: "db" },
    { tenant: "t" },
  ],
] as [
  string,
  Resource,
  Properties,
  Properties,
][])("an update of %s leaves what was planned", async (_, resource, before, change) => {
  const context = contextAt(emulator.url);
  const olds = await resource.create(context, URN, resource.inputs(before));
  const news = resource.inputs({ ...before, ...change });
  const state = await resource.update(context, URN, olds[resource.id] as string, olds, news);
  expectPlanned(resource.planned(news, olds), state);
  expect(resource.planned(news, olds)[resource.id]).toBe(olds[resource.id]);
});

test("a plan of an update that touches no object keeps the records", async () => {
  const olds = await batch.create(contextAt(emulator.url), URN, batch.inputs(objects));
  const plan = batch.planned(batch.inputs({ ...objects, retryFailed: true }), olds);
  expect(plan).toMatchObject({ records: olds.records, counts: olds.counts });
});

test("unknown inputs can be planned, and no key of an unknown bucket is made up", () => {
  for (const [, resource, properties] of CREATES) {
    const unknown = Object.fromEntries(Object.keys(properties).map((name) => [name, UNKNOWN]));
    expect(resource.planned(resource.inputs(unknown))).toMatchObject({ [resource.id]: UNKNOWN });
  }
  expect(source.planned({ databaseName: "db", s3: UNKNOWN }).s3).toBe(UNKNOWN);
});

test("inline keys are in no plan", () => {
  expect(JSON.stringify(source.planned(source.inputs(keyed)))).not.toMatch(/AKIA|"secret"/);
});

describe("an import", () => {
  test.each([
    ["a commit", invocation, github, github],
    ["a branch", invocation, { ...github, refIdentifier: { branch: "main" } }, undefined],
    ["a site", invocation, web, undefined],
    ["an object in the source's own collection", invocation, full, undefined],
    ["an object in another collection", invocation, { ...full, targetCollectionName: "others" }, undefined],
    [
      "an object whose collection was written out",
      invocation,
      { ...object, targetCollectionName: "objects" },
      object,
    ],
    ["an object with its provenance", invocation, { ...full, provenance: true }, undefined],
    ["a repository", source, repository, undefined],
    ["a bucket", source, bucket, undefined],
  ] as [
    string,
    Resource,
    Properties,
    Properties | undefined,
  ][])("of %s recovers the inputs", async (_, resource, inputs, recovered) => {
    const made = await resource.create(contextAt(emulator.url), URN, resource.inputs(inputs));
    const id = made[resource.id] as string;
    const context = contextAt(emulator.url);
    const state = (await resource.read(context, id, {}))!;
    // A source also says what the service chose for it.
    if (resource === source) expect(resource.inputs(state)).toMatchObject(inputs);
    else expect(resource.inputs(state)).toEqual(recovered ?? inputs);
    expect(state[resource.id]).toBe(id);
    // What was imported and pasted into a program changes nothing.
    expect(await resource.diff(context, URN, state, resource.inputs(state))).toMatchObject({
      changes: false,
    });
  });

  test("of an invocation that does not exist finds nothing", async () => {
    expect(await invocation.read(contextAt(emulator.url), GITHUB, {})).toBeUndefined();
  });
});
