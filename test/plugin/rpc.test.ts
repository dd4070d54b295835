import { createHash } from "node:crypto";
import * as fs from "node:fs";
import type { ServiceError } from "@grpc/grpc-js";
import { DiffRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { UNKNOWN } from "../../src/model/unknown.js";
import { RESOURCES } from "../../src/provider/resources.js";
import { contextAt, temporaryFolder } from "../provider/context.js";
import { initFailureOf, plugin } from "./client.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const urn = (type: string, name = "a") =>
  `urn:pulumi:dev::project::parent:of:It$chroma-sync:index:${type}::${name}`;
const INVOCATION = urn("Invocation");
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const prefix = createHash("sha256").update("a").digest("hex");
const secret = (value: string) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });

const bucket = temporaryFolder();
const journal = temporaryFolder();
let emulator: Emulator;
let engine: Awaited<ReturnType<typeof plugin>>;

beforeAll(async () => {
  for (const name of ["a", "b"]) fs.writeFileSync(`${bucket}/${name}`, `# ${name}\n`);
  emulator = await startEmulator({
    token: ["k", "other"],
    pendingMs: 0,
    processingMs: 0,
    seed: {
      buckets: { b: bucket },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
  });
  engine = await plugin();
});
afterAll(async () => {
  engine.close();
  await emulator.close();
});
beforeEach(() => engine.configure({ apiKey: "k", endpoint: emulator.url, journal: "off" }));

const sent = () => emulator.requests.filter((line) => !line.startsWith("GET"));
const posts = () => emulator.requests.filter((line) => line.startsWith("POST"));
const rejection = (call: Promise<unknown>) =>
  call.then(
    () => Promise.reject(new Error("It passed")),
    (error: ServiceError) => error,
  );

test("an invocation's whole life, and its previews send nothing", async () => {
  const inputs = { sourceId: S3, objectKey: "a", metadata: { team: "docs" } };
  const before = sent().length;
  const planned = await engine.create(INVOCATION, inputs, { preview: true });
  expect(planned).toMatchObject({
    id: "",
    state: { ...inputs, invocationId: UNKNOWN, chunkIdPrefix: prefix },
  });
  expect(sent()).toHaveLength(before);

  const { id, state, refreshBeforeUpdate } = await engine.create(INVOCATION, inputs);
  const seen = { status: "pending", collectionName: "objects", chunkIdPrefix: prefix };
  expect(state).toMatchObject({ ...inputs, invocationId: id, ...seen });
  expect(refreshBeforeUpdate).toBe(true);
  expect(sent()).toHaveLength(before + 1);

  const read = await engine.read(INVOCATION, id, state, inputs);
  expect(read).toMatchObject({ id, state: { status: "complete" }, inputs, refreshBeforeUpdate: false });

  const news = { ...inputs, cancelOnDelete: false };
  const preview = await engine.update(INVOCATION, id, read.state, news, { preview: true });
  expect(preview.state).toEqual({ ...read.state, cancelOnDelete: false });
  expect((await engine.update(INVOCATION, id, read.state, news)).state).toEqual(preview.state);
  await engine.delete(INVOCATION, id, read.state);
  expect(sent()).toHaveLength(before + 1);
});

test("a difference names each property, how it changed and whether it replaces", async () => {
  const olds = { sourceId: S3, objectKey: "a", customId: "c", invocationId: S3, status: "complete" };
  const { status: _status, invocationId: _id, ...oldInputs } = olds;
  const news = { sourceId: S3, objectKey: "b", metadata: { team: "eng" }, cancelOnDelete: true };
  const difference = await engine.diff(INVOCATION, S3, { olds, oldInputs, news });
  expect(difference).toMatchObject({ changes: 2, hasdetaileddiff: true, deletebeforereplace: false });
  expect(difference.replacesList.sort()).toEqual(["customId", "metadata", "objectKey"]);
  expect(Object.fromEntries(difference.detaileddiffMap)).toEqual({
    objectKey: { kind: 5, inputdiff: true },
    customId: { kind: 3, inputdiff: true },
    metadata: { kind: 1, inputdiff: true },
    cancelOnDelete: { kind: 0, inputdiff: true },
  });
  const same = await engine.diff(INVOCATION, S3, { olds, oldInputs, news: oldInputs });
  expect(same).toMatchObject({ changes: 1, replacesList: [], detaileddiffMap: [] });
});

test("a wait that did not end is a difference of the status alone", async () => {
  const inputs = { sourceId: S3, objectKey: "a", waitForCompletion: true };
  const olds = { ...inputs, invocationId: S3, status: "failed", error: "no" };
  const difference = await engine.diff(INVOCATION, S3, { olds, oldInputs: inputs, news: inputs });
  expect(difference).toMatchObject({ changes: 2, replacesList: [] });
  expect(difference.detaileddiffMap).toEqual([["status", { kind: 4, inputdiff: false }]]);
});

test("failures name no property, whose value the engine would print", async () => {
  const news = { sourceId: S3, objectKey: 1, customId: "x".repeat(130), mistaken: "s3cret" };
  const { failures } = await engine.check(INVOCATION, {}, news);
  expect(failures.map(({ property }) => property)).toEqual(["", "", ""]);
  const text = failures.map(({ reason }) => reason).join("\n");
  expect(text).toContain("objectKey must be a string, not a number");
  expect(text).toContain("customId is 130 characters");
  expect(text).not.toContain("s3cret");
});

test("what no language's SDK refuses before is refused by the rules", async () => {
  const news = {
    sourceId: S3,
    objectKey: "Calling __str__ on an Output[T] is not supported.",
    metadata: { big: 2 ** 60, chroma_x: 1 },
  };
  const { failures } = await engine.check(INVOCATION, {}, news);
  const text = failures.map(({ reason }) => reason).join("\n");
  expect(text).toContain("objectKey is the text of an Output");
  expect(text).toContain("metadata.big is an integer too large");
  expect(text).toContain('metadata key "chroma_x" starts with chroma_');
});

test("values that are not known yet pass, and the rules of the others hold", async () => {
  const unknown = "dd056dcd-154b-4c76-9bd3-c8f88648b5ff";
  const passing = { sourceId: unknown, objectKey: "a", metadata: { a: [unknown] }, triggers: unknown };
  expect((await engine.check(INVOCATION, {}, passing)).failures).toEqual([]);
  const failing = await engine.check(INVOCATION, {}, { sourceId: unknown, targetCollectionName: "x" });
  expect(failing.failures).toHaveLength(1);
  const { state } = await engine.create(INVOCATION, passing, { preview: true });
  expect(state).toMatchObject({ sourceId: UNKNOWN, metadata: { a: [UNKNOWN] }, chunkIdPrefix: prefix });
  const unknownKey = await engine.create(INVOCATION, { sourceId: S3, objectKey: unknown }, { preview: true });
  expect(unknownKey.state.chunkIdPrefix).toBe(UNKNOWN);
  const custom = await engine.create(INVOCATION, { ...passing, customId: "c" }, { preview: true });
  expect(custom.state.chunkIdPrefix).toBe("c");
  const whole = await engine.create(INVOCATION, { sourceId: GITHUB }, { preview: true });
  expect(whole.state).not.toHaveProperty("chunkIdPrefix");
});

test("inline AWS keys come back from check as secrets, from any language", async () => {
  const s3 = { bucketName: "keyed", region: "us-east-1", collectionName: "objects" };
  const keys = { awsAccessKeyId: "AKIA", awsSecretAccessKey: secret("s") };
  const { inputs, failures } = await engine.check(
    urn("Source"),
    {},
    { databaseName: "db", s3: { ...s3, ...keys } },
  );
  expect(failures).toEqual([]);
  expect(inputs.s3).toEqual({ ...s3, awsAccessKeyId: secret("AKIA"), awsSecretAccessKey: secret("s") });
  const { state } = await engine.create(urn("Source"), { databaseName: "db", s3: { ...s3, ...keys } });
  expect(JSON.stringify(state)).not.toContain("AKIA");
});

test("the reply for what was started and did not end well has its state", async () => {
  const inputs = { sourceId: S3, objectKey: "missing", waitForCompletion: true };
  const error = await rejection(engine.create(urn("Invocation", "lost"), inputs));
  const { id, state, reasons } = initFailureOf(error);
  expect(emulator.jobs().map((job) => job.id)).toContain(id);
  const chunkIdPrefix = createHash("sha256").update("missing").digest("hex");
  expect(state).toMatchObject({ ...inputs, invocationId: id, status: "failed", chunkIdPrefix });
  expect(reasons).toEqual([expect.stringContaining("failed")]);
});

test("an error that names no resource carries none", async () => {
  const error = await rejection(
    engine.create(INVOCATION, { sourceId: GITHUB.replace("1", "9"), objectKey: "a" }),
  );
  expect(error.metadata.get("grpc-status-details-bin")).toEqual([]);
  expect(error.details).toContain("404");
});

describe("waits", () => {
  const inputs = { sourceId: S3, objectKey: "a", waitForCompletion: true };
  beforeEach(() => {
    emulator.behaviour.pendingMs = 600_000;
  });
  afterEach(() => {
    emulator.behaviour.pendingMs = 0;
  });

  test("end with the limit that the engine gives the call", async () => {
    const begun = Date.now();
    const error = await rejection(engine.create(INVOCATION, inputs, { timeout: 1 }));
    expect(Date.now() - begun).toBeLessThan(5000);
    expect(initFailureOf(error).reasons[0]).toContain("still pending after 1 s");
  });

  test("end when the run is cancelled, and the next run's do not", async () => {
    const waiting = rejection(engine.create(INVOCATION, inputs));
    const before = posts().length;
    while (posts().length === before) await new Promise((resolve) => setTimeout(resolve, 10));
    await engine.cancel();
    const { state, reasons } = initFailureOf(await waiting);
    expect(state.status).toBe("pending");
    expect(reasons[0]).toContain("was cancelled at pending");
    await engine.configure({ apiKey: "k", endpoint: emulator.url, journal: "off" });
    emulator.behaviour.pendingMs = 0;
    expect((await engine.create(INVOCATION, inputs)).state.status).toBe("complete");
  });
});

test("imports recover the inputs; what does not exist is empty", async () => {
  const inputs = { sourceId: S3, objectKey: "b", customId: "c", targetCollectionName: "other" };
  const { id } = await engine.create(INVOCATION, inputs);
  expect(await engine.read(INVOCATION, id)).toMatchObject({ id, inputs, state: { status: "complete" } });
  expect(await engine.read(INVOCATION, GITHUB)).toMatchObject({ id: "", state: {}, inputs: {} });
  expect((await engine.read(urn("Source"), GITHUB)).inputs).toMatchObject({
    databaseName: "db",
    github: { repository: "acme/docs" },
  });
  expect((await rejection(engine.read(urn("Source"), S3.replace("2", "9")))).details).toContain("404");
});

test("an imported source is unchanged by all that was printed, and by no more than is needed", async () => {
  const type = urn("Source", "imported");
  const bucket = { bucketName: "imported", region: "us-east-1", collectionName: "objects" };
  const keys = { awsAccessKeyId: "AKIA", awsSecretAccessKey: "s" };
  const { id } = await engine.create(type, { databaseName: "db", s3: { ...bucket, ...keys } });
  const { inputs, state } = await engine.read(type, id);
  const chosen = { chunking: { type: "tree_sitter" }, embedding: { dense: {} } };
  expect(inputs).toMatchObject({ ...chosen, s3: { ...bucket, awsCredentialId: expect.any(Number) } });
  const planned = async (news: Record<string, unknown>) => {
    const { changes, replacesList } = await engine.diff(type, id, { olds: state, oldInputs: inputs, news });
    return { changes, replacesList };
  };
  const unchanged = { changes: 1, replacesList: [] };
  const { embedding: _embedding, chunking: _chunking, ...needed } = inputs;
  expect(await planned(inputs)).toEqual(unchanged);
  expect(await planned(needed)).toEqual(unchanged);
  expect(await planned({ ...needed, s3: { ...bucket, ...keys } })).toEqual(unchanged);
  const rotated = { ...needed, s3: { ...bucket, ...keys }, rotateCredentials: true };
  expect(await planned(rotated)).toEqual({ changes: 2, replacesList: ["s3"] });
  expect(await planned({ ...needed, chunking: { type: "lines" } })).toEqual({
    changes: 2,
    replacesList: ["chunking"],
  });
  // A setting of ours keeps what is known of it.
  const updated = await engine.update(type, id, state, { ...needed, onConflict: "adopt" });
  const again = { olds: updated.state, oldInputs: needed, news: { ...needed, onConflict: "adopt" } };
  expect(await engine.diff(type, id, again)).toMatchObject({ changes: 1 });
});

test("state of the dynamic resource is read as this one's own", async () => {
  const inputs = { sourceId: S3, objectKey: "a" };
  const { id, state } = await engine.create(INVOCATION, inputs);
  const dynamic = { __provider: "exports.handler=…", __urn: "abc" };
  const oldInputs = { ...inputs, ...dynamic };
  expect((await engine.check(INVOCATION, oldInputs, inputs)).failures).toEqual([]);
  const difference = await engine.diff(INVOCATION, id, {
    olds: { ...state, ...dynamic },
    oldInputs,
    news: inputs,
  });
  expect(difference).toMatchObject({ changes: 1, detaileddiffMap: [] });
  const read = await engine.read(INVOCATION, id, { ...state, ...dynamic }, oldInputs);
  expect(read).toMatchObject({ inputs, state: { invocationId: id } });
  expect(JSON.stringify(read)).not.toContain("__");
});

test("a batch invokes what is new or changed, and plans it first", async () => {
  const batch = urn("InvocationBatch");
  const inputs = { sourceId: S3, objects: [{ objectKey: "a" }, { objectKey: "b", version: "1" }] };
  expect((await engine.check(batch, {}, inputs)).failures).toEqual([]);
  const plan = await engine.create(batch, inputs, { preview: true });
  expect(plan.state.invocationIds).toBe(UNKNOWN);
  const { id, state } = await engine.create(batch, inputs);
  const listed = emulator.jobs().map((job) => job.id);
  expect(Object.keys(state.invocationIds as object)).toEqual(["a", "b"]);
  expect(listed).toEqual(expect.arrayContaining(Object.values(state.invocationIds as object)));
  expect(state.counts).toMatchObject({ total: 2, pending: 2 });
  const news = { ...inputs, objects: [{ objectKey: "a" }, { objectKey: "b", version: "2" }] };
  const difference = await engine.diff(batch, id, { olds: state, oldInputs: inputs, news });
  expect(difference).toMatchObject({ changes: 2, replacesList: [] });
  expect(difference.detaileddiffMap).toEqual([["objects", { kind: 4, inputdiff: true }]]);
  const before = posts().length;
  const updated = await engine.update(batch, id, state, news);
  expect(posts()).toHaveLength(before + 1);
  expect((updated.state.counts as { total: number }).total).toBe(2);
  await engine.delete(batch, id, updated.state);
});

test("settings are checked before any resource needs them, and the key is a secret", async () => {
  const good = await engine.checkConfig({ apiKey: "k", endpoint: "https://sync.example.com" });
  expect(good).toEqual({
    inputs: { apiKey: secret("k"), endpoint: "https://sync.example.com" },
    failures: [],
  });
  const bad = await engine.checkConfig({ apiky: "k", endpoint: "http://example.com", journal: 1 });
  const reasons = bad.failures.map(({ reason }) => reason);
  expect(reasons).toEqual([
    "apiky is not an input of the provider: did you mean apiKey?",
    expect.stringContaining("would send the API key unencrypted"),
    "journal must be a string",
  ]);
  const unknown = await engine.checkConfig({ apiKey: UNKNOWN, endpoint: UNKNOWN });
  expect(unknown).toEqual({ inputs: { apiKey: UNKNOWN, endpoint: UNKNOWN }, failures: [] });
});

test("every function answers in the schema's words", async () => {
  const { functions } = await engine.schema();
  const { id } = await engine.create(INVOCATION, { sourceId: S3, objectKey: "a" });
  const answers: Record<string, Record<string, unknown>> = {
    getSource: await engine.invoke("getSource", { repository: "acme/docs" }),
    listSources: await engine.invoke("listSources", { sourceType: "s3" }),
    getInvocation: await engine.invoke("getInvocation", { id }),
    listInvocations: await engine.invoke("listInvocations", { sourceId: S3, limit: 1 }),
    latestInvocations: await engine.invoke("latestInvocations", { sourceId: S3, objectKeys: ["a", "none"] }),
    collectionNameFor: await engine.invoke("collectionNameFor", { prefix: "code", ref: "main" }),
  };
  for (const [token, { outputs }] of Object.entries<{ outputs: { properties: object; required: string[] } }>(
    functions,
  )) {
    const names = Object.keys(answers[token.split(":").at(-1)!]!);
    expect(Object.keys(outputs.properties)).toEqual(expect.arrayContaining(names));
    expect(names).toEqual(expect.arrayContaining(outputs.required));
  }
  expect(answers.getSource).toMatchObject({ id: GITHUB, sourceType: "github" });
  expect(answers.latestInvocations).toMatchObject({ invocations: { a: { id } } });
  expect((answers.listInvocations as { invocations: unknown[] }).invocations).toHaveLength(1);
});

test("what is listed can be imported", async () => {
  const { id } = await engine.create(INVOCATION, { sourceId: S3, objectKey: "a" });
  const one = await engine.list("chroma-sync:index:Invocation", { sourceId: S3 }, 1);
  expect(one).toEqual([expect.objectContaining({ result: { id, name: "objects" } })]);
  const all = await engine.list("chroma-sync:index:Invocation", { sourceId: S3 });
  expect(all.length).toBeGreaterThan(1);
  const sources = await engine.list("chroma-sync:index:Source", { sourceType: "github" });
  expect(sources).toEqual([expect.objectContaining({ result: { id: GITHUB, name: "acme/docs" } })]);
  const [unknown] = await engine.list("chroma-sync:index:Source", { databaseName: UNKNOWN });
  expect(unknown).toMatchObject({ computed: {} });
  await expect(engine.list("chroma-sync:index:InvocationBatch", {})).rejects.toThrow("no list of");
});

test("each run has the key that it was configured with", async () => {
  await engine.configure({ apiKey: "wrong", endpoint: emulator.url, journal: "off" });
  expect((await rejection(engine.invoke("listSources", {}))).details).toContain("401");
  await engine.configure({ apiKey: secret("other"), endpoint: emulator.url, journal: "off" });
  expect((await engine.invoke("listSources", {})).sources).not.toHaveLength(0);
});

test("without a state each create is one of its own; with one, what a killed run started is found", async () => {
  const settings = { apiKey: "k", endpoint: emulator.url, journal };
  const inputs = { sourceId: S3, objectKey: "b", customId: "once" };
  const create = async (name: string) => {
    await engine.configure(settings, name);
    return (await engine.create(urn("Invocation", "once"), inputs)).id;
  };
  const [one, two] = [await create(""), await create("")];
  expect(two).not.toBe(one);
  const lost = await create("default");
  expect([one, two]).not.toContain(lost);
  expect(await create("default")).toBe(lost);
  // A read shows that state holds it.
  await engine.read(
    urn("Invocation", "once"),
    lost,
    { ...inputs, invocationId: lost, status: "complete" },
    inputs,
  );
  expect(await create("default")).not.toBe(lost);
});

test.each([
  "pulumi-nodejs:dynamic/chroma-sync:Invocation",
  "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncInvocation",
])("what a run with %s started before it was killed is found after the stack has moved", async (type) => {
  const inputs = { sourceId: S3, objectKey: "a", customId: type };
  const moved = urn("Invocation", "moved::twice");
  const settings = { "chroma-sync:apiKey": "k", "chroma-sync:journal": journal };
  const dynamic = contextAt(emulator.url, settings);
  const before = moved.replace("chroma-sync:index:Invocation", type);
  const { invocationId } = await RESOURCES.invocation.create(dynamic, before, inputs);
  await engine.configure({ apiKey: "k", endpoint: emulator.url, journal });
  expect((await engine.create(urn("Invocation", "another"), inputs)).id).not.toBe(invocationId);
  expect((await engine.create(moved, inputs)).id).toBe(invocationId);
});

test("what this version does not know is an error that says so", async () => {
  const hint = "update the plugin or the SDK";
  expect((await rejection(engine.create(urn("Later"), {}))).details).toContain(hint);
  expect((await rejection(engine.create("no urn", {}))).details).toContain(hint);
  expect((await rejection(engine.invoke("constructor", {}))).details).toContain(hint);
  // DiffConfig must not exist: it would replace the provider for another key.
  const error = await new Promise<ServiceError | null>((resolve) => {
    engine.client.diffConfig(new DiffRequest(), resolve);
  });
  expect(error).toMatchObject({ code: 12 });
});
