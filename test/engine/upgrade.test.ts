import * as fs from "node:fs";
import * as path from "node:path";
import { ChromaSyncClient } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { decodeBatchRecords, encodeBatchRecords } from "../../src/model/batch-encoding.js";
import { temporaryFolder } from "../provider/context.js";
import { repositoryIn } from "../support/git.js";
import { Project } from "../support/project.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const fixtures = path.join(__dirname, "../fixtures");
const shapes = fs.readdirSync(fixtures).filter((name) => name.startsWith("state-"));

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    token: "k",
    pendingMs: 600_000,
    seed: {
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
  });
});
afterAll(() => emulator.close());

const program = (key: string) => `
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
new ChromaSyncInvocation("object", { sourceId: "${S3}", objectKey: "${key}", customId: "c", metadata: { tags: ["x"], n: 1 }, triggers: [1], cancelOnDelete: true });
new ChromaSyncInvocation("docs", { sourceId: "${GITHUB}", refIdentifier: { branch: "main" }, targetCollectionName: "docs" });
`;

async function start(source: string, payload: object): Promise<string> {
  const answer = await fetch(`${emulator.url}/api/v1/sources/${source}/invocations`, {
    method: "POST",
    headers: { "x-chroma-token": "k", "content-type": "application/json" },
    body: JSON.stringify(payload),
  });
  return ((await answer.json()) as { invocation_id: string }).invocation_id;
}

const posts = () => emulator.requests.filter((line) => line.startsWith("POST")).length;

/** What a later version may have added to the inputs and outputs of each resource. */
function withLaterProperties(state: string): string {
  const parsed = JSON.parse(state);
  for (const { type, inputs, outputs } of parsed.deployment.resources)
    if (type.includes("chroma-sync"))
      for (const part of [inputs, outputs]) part.laterProperty = { deep: [1] };
  return JSON.stringify(parsed);
}

test.each([
  ...shapes.map((shape) => [shape, (state: string) => state] as const),
  ["state-0.1.0.json with properties of a later version", withLaterProperties] as const,
])("%s is refreshed, unchanged, replaced and destroyed", async (shape, changed) => {
  const project = new Project(
    "upgrade",
    { "index.ts": program("a") },
    { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url },
  );
  project.init();
  const object = await start(S3, { object_key: "a", custom_id: "c", metadata: { tags: ["x"], n: 1 } });
  const docs = await start(GITHUB, { ref_identifier: { branch: "main" }, target_collection_name: "docs" });
  const recorded = fs.readFileSync(path.join(fixtures, shape.split(" ")[0]!), "utf8");
  const state = changed(recorded.replaceAll("ID-OF-object", object).replaceAll("ID-OF-docs", docs));
  project.write({ "state.json": state });
  await project.pulumi("stack", "import", "--file", "state.json");
  const before = posts();
  expect((await project.up("--skip-preview")).output).toContain("3 unchanged");
  expect((await project.refresh()).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("3 unchanged");
  expect(posts()).toBe(before);
  project.write({ "index.ts": program("b") });
  expect((await project.up("--skip-preview")).output).toContain("+-1 replaced");
  expect(posts()).toBe(before + 1);
  expect((await project.destroy("--skip-preview")).output).toContain("- 3 deleted");
  expect(emulator.requests.filter((line) => line.startsWith("PUT")).at(-1)).toBeDefined();
  project.remove();
});

const COMMIT = "e4efdc600f5247f1344ea20b734fe203bb393c49";
const everyKind = (commit: string, { region, version }: { region: string; version: string }) => `
import * as chroma from "pulumi-chroma-sync";
new chroma.ChromaSyncSource("repository", { databaseName: "db", github: { repository: "acme/other", includeGlobs: ["*.md"] } });
new chroma.ChromaSyncSource("bucket", { databaseName: "db", s3: { bucketName: "other", region: "${region}", collectionName: "other", awsAccessKeyId: "AKIA-OF-THE-FIXTURE", awsSecretAccessKey: "secret-of-the-fixture" } });
new chroma.ChromaSyncInvocationBatch("objects", { sourceId: "${S3}", objects: [{ objectKey: "a", version: "${version}" }, { objectKey: "b", customId: "b", metadata: { n: 1 } }], metadata: { team: "docs" } });
new chroma.ChromaSyncedRepository("code", { sourceId: "${GITHUB}", commit: "${commit}", deleteSuperseded: { endpoint: "http://127.0.0.1:9" } });
`;

const folder = temporaryFolder();

test("recorded state of every kind is refreshed, unchanged, changed and destroyed", async () => {
  const head = repositoryIn(folder);
  for (const name of ["a", "b"]) fs.writeFileSync(path.join(folder, name), name);
  const fixture = fs.readFileSync(path.join(fixtures, "all-kinds-0.1.0.json"), "utf8");
  const idOf = (name: string) =>
    JSON.parse(fixture).deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith(`::${name}`)).id;
  const s3 = { bucket_name: "other", region: "us-east-1", collection_name: "other", aws_credential_id: 1 };
  const github = { repository: "acme/other", include_globs: ["*.md"] };
  const service = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      buckets: { b: folder },
      repositories: { "acme/docs": folder },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
        { id: idOf("repository"), database_name: "db", github },
        { id: idOf("bucket"), database_name: "db", s3 },
      ],
    },
  });
  const client = new ChromaSyncClient({ apiKey: "k", endpoint: service.url });
  const code = await client.createInvocation(GITHUB, {
    ref_identifier: { sha: head },
    target_collection_name: `code-d0334b3e-${head}`,
  });
  let state = fixture.replaceAll(COMMIT, head).replaceAll("ID-OF-code", code);
  const recorded = /"records": "(.*?)"/.exec(fixture)![1]!;
  const records = decodeBatchRecords(recorded);
  for (const record of records)
    record.invocationId = await client.createInvocation(S3, { object_key: record.objectKey });
  state = state.replace(recorded, encodeBatchRecords(records));
  const project = new Project(
    "upgrade",
    { "index.ts": everyKind(head, { region: "us-east-1", version: "1" }), "state.json": state },
    { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: service.url },
  );
  project.init();
  await project.pulumi("stack", "import", "--file", "state.json");
  const sent = () => service.requests.filter((line) => !line.startsWith("GET"));
  const before = sent().length;
  expect((await project.up("--skip-preview")).output).toContain("7 unchanged");
  expect((await project.refresh()).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("7 unchanged");
  expect(sent()).toHaveLength(before);
  project.write({ "index.ts": everyKind(head, { region: "us-west-2", version: "2" }) });
  const changed = (await project.up("--skip-preview")).output;
  expect(changed).toContain("~ 1 updated");
  expect(changed).toContain("+-1 replaced");
  expect(sent().slice(before)).toEqual(
    expect.arrayContaining([expect.stringContaining("POST"), expect.stringContaining("DELETE")]),
  );
  expect(project.stateText()).not.toContain("secret-of-the-fixture");
  expect((await project.resources()).map(({ type }) => type).join()).not.toMatch(
    /chroma-sync:ChromaSync(I|So)/,
  );
  expect((await project.destroy("--skip-preview")).output).toContain("- 7 deleted");
  project.remove();
  await client.close();
  await service.close();
});
