import { ChromaSyncClient } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { faultProxy } from "../support/fault-proxy.js";
import { Project } from "../support/project.js";

let emulator: Emulator;
let project: Project;

beforeAll(async () => {
  emulator = await startEmulator({ token: "k", pendingMs: 0, processingMs: 0 });
  project = new Project("sources", {}, { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url });
  project.init();
});
afterAll(async () => {
  await emulator.close();
  project.remove();
});

const declare = (text: string) =>
  project.write({ "index.ts": `import * as chroma from "pulumi-chroma-sync";\n${text}` });
const site = (more = "", url = "https://a.example") =>
  `
const site = new chroma.ChromaSyncSource("site", { databaseName: "db", webScrape: { startingUrl: "${url}" }, ${more} });
const sync = new chroma.ChromaSyncInvocation("sync", { sourceId: site.sourceId, targetCollectionName: "site" });
export const sourceId = site.sourceId;
export const createdAt = site.createdAt;
export const found = chroma.getSourceOutput({ id: site.id }).startingUrl;
`.replace(".startingUrl;", ".apply((source) => source.webScrape?.startingUrl);");
const bucket = (secret: string, more = "", dress = "{}") => `
const s3 = { bucketName: "acme", region: "us-east-1", collectionName: "docs", awsAccessKeyId: "AKIA-OF-THE-TEST", awsSecretAccessKey: "${secret}" };
const bucket = new chroma.ChromaSyncSource("bucket", { databaseName: "db", s3, ${more} }, ${dress});
export const bucketId = bucket.sourceId;
export const shown = bucket.s3;
export const credential = bucket.awsCredentialId;
`;
const requests = (line: string) => emulator.requests.filter((request) => request === line).length;
const creates = () => requests("POST /api/v1/sources");

test("a source and a sync of it come up together, and a second up changes nothing", async () => {
  declare(site());
  const preview = await project.preview();
  expect(preview.output).toContain("+ 3 to create");
  expect(creates()).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("+ 3 created");
  const outputs = await project.outputs();
  expect(outputs).toMatchObject({ createdAt: expect.any(String), found: "https://a.example" });
  expect(emulator.jobs()[0]!.source_id).toBe(outputs.sourceId);
  expect((await project.up("--skip-preview")).output).toContain("3 unchanged");
});

test("a setting changes in place, and the sync previews as unchanged", async () => {
  declare(site(`onConflict: "adopt"`));
  const { output } = await project.preview();
  expect(output).toContain("~ 1 to update");
  expect(output).not.toContain("replace");
  await project.up("--skip-preview");
  expect(creates()).toBe(1);
});

test("a change of the same site deletes first, and the preview says what runs again", async () => {
  const before = (await project.outputs()).sourceId;
  declare(site(`chunking: { type: "lines", maxLines: 5 }`));
  const preview = await project.preview();
  expect(preview.output).toContain("it has synced 1 so far");
  // The collection has finished a sync: only another one can be written.
  project.write({
    "index.ts": `import * as chroma from "pulumi-chroma-sync";${site(`chunking: { type: "lines", maxLines: 5 }`).replace(`targetCollectionName: "site"`, `targetCollectionName: "site-2"`)}`,
  });
  const up = await project.up("--skip-preview");
  expect(up.output).toContain("+-2 replaced");
  expect(up.code).toBe(0);
  expect((await project.outputs()).sourceId).not.toBe(before);
  const order = emulator.requests.filter((line) => /^(POST|DELETE) \/api\/v1\/sources(\/[^/]+)?$/.test(line));
  expect(order.slice(-2)).toEqual([`DELETE /api/v1/sources/${before}`, "POST /api/v1/sources"]);
});

test("another site is created before the old source goes", async () => {
  const before = (await project.outputs()).sourceId;
  declare(
    site("", "https://b.example").replace(`targetCollectionName: "site"`, `targetCollectionName: "site-b"`),
  );
  expect((await project.up("--skip-preview")).code).toBe(0);
  const order = emulator.requests.filter((line) => /^(POST|DELETE) \/api\/v1\/sources(\/[^/]+)?$/.test(line));
  expect(order.slice(-2)).toEqual(["POST /api/v1/sources", `DELETE /api/v1/sources/${before}`]);
});

test("inline keys are in no state, log or output in plain text, whatever the caller did", async () => {
  declare(bucket("plain-secret-1"));
  const up = await project.up("--skip-preview");
  expect(up.code).toBe(0);
  const outputs = await project.outputs();
  expect(outputs.shown).toEqual({ bucketName: "acme", region: "us-east-1", collectionName: "docs" });
  expect(outputs.credential).toEqual(expect.any(Number));
  expect(up.output + project.stateText()).not.toMatch(/plain-secret-1|AKIA-OF-THE-TEST/);
  const [entry] = (await project.resources()).filter(({ urn }) => urn.endsWith("::bucket"));
  expect(Object.keys(entry.outputs.s3).sort()).toEqual(["bucketName", "collectionName", "region"]);
});

test("keys that a transform of the program puts in are secret too", async () => {
  const transform = `[({ props, opts }) => ({ props: { ...props, s3: { ...props.s3, awsAccessKeyId: "AKIA-OF-A-TRANSFORM", awsSecretAccessKey: "transform-secret" } }, opts })]`;
  declare(
    bucket("plain-secret-1", "rotateCredentials: true", `{ transformations: ${transform} }`).replace(
      'bucketName: "acme"',
      'bucketName: "transformed"',
    ),
  );
  const preview = await project.preview("--diff");
  const up = await project.up("--skip-preview");
  expect(up.code).toBe(0);
  expect(preview.output + up.output + project.stateText()).not.toMatch(
    /transform-secret|AKIA-OF-A-TRANSFORM/,
  );
  expect((await project.up("--skip-preview")).output).toContain("2 unchanged");
  declare(bucket("plain-secret-1"));
  expect((await project.up("--skip-preview")).code).toBe(0);
});

test("other keys alone are a warning; rotateCredentials replaces", async () => {
  const before = (await project.outputs()).bucketId;
  declare(bucket("plain-secret-2"));
  for (const run of [await project.up("--skip-preview"), await project.preview()]) {
    expect(run.output).toContain("The AWS keys of the S3 source acme/ (database db) have changed");
    expect(run.output).toContain("2 unchanged");
    expect(run.output).not.toContain("plain-secret");
  }
  expect((await project.outputs()).bucketId).toBe(before);
  declare(bucket("plain-secret-2", "rotateCredentials: true"));
  const rotated = await project.up("--skip-preview");
  expect(rotated.output).toContain("+-1 replaced");
  expect((await project.outputs()).bucketId).not.toBe(before);
  expect(rotated.output + project.stateText()).not.toMatch(/plain-secret-/);
  expect((await project.up()).output).not.toContain("have changed");
});

test("a forced replacement meets itself with a way out that works", async () => {
  const urn = (await project.resources()).find(({ urn: one }) => one.endsWith("::bucket")).urn;
  const refused = await project.up("--skip-preview", "--replace", urn);
  expect(refused.output).toContain("set the resource option deleteBeforeReplace: true");
  declare(bucket("plain-secret-2", "", "{ deleteBeforeReplace: true }"));
  const before = (await project.outputs()).bucketId;
  expect((await project.up("--skip-preview", "--replace", urn)).code).toBe(0);
  expect((await project.outputs()).bucketId).not.toBe(before);
});

test("a source that is gone is created again after a refresh; get looks at one", async () => {
  const { bucketId } = await project.outputs();
  await fetch(`${emulator.url}/api/v1/sources/${bucketId}`, {
    method: "DELETE",
    headers: { "x-chroma-token": "k" },
  });
  expect((await project.refresh("--skip-preview")).output).toContain(
    "is gone: the next `pulumi up` creates it",
  );
  expect((await project.up("--skip-preview")).output).toContain("+ 1 created");
  const again = (await project.outputs()).bucketId;
  project.write({
    "index.ts": `import * as chroma from "pulumi-chroma-sync";${bucket("plain-secret-2")}
const seen = chroma.ChromaSyncSource.get("seen", "${again}");
export const bucketName = seen.s3.apply((s3) => s3?.bucketName);
export const database = seen.databaseName;`,
  });
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(await project.outputs()).toMatchObject({ bucketName: "acme", database: "db" });
});

test("bad input that is not typed fails the preview with the fix, and nothing is sent", async () => {
  const before = creates();
  declare(
    `new chroma.ChromaSyncSource("bad", { databaseName: "db", github: { repository: "https://github.com/a/b" } } as any);`,
  );
  const { code, output } = await project.preview();
  expect(code).not.toBe(0);
  expect(output).toContain("github.repository must be owner/name, such as acme/docs: no URL and no .git");
  expect(creates()).toBe(before);
});

test("a run that is killed after its source was created is followed by one that keeps it as its own", async () => {
  let kill = () => {};
  const proxy = await faultProxy(emulator.url, async (passing) => {
    if (passing.method !== "POST") return;
    await passing.forward();
    kill();
  });
  project.setEnvironment({ CHROMA_SYNC_ENDPOINT: proxy.url });
  const before = creates();
  declare(
    site("", "https://killed.example").replace(
      `targetCollectionName: "site"`,
      `targetCollectionName: "killed"`,
    ),
  );
  const first = project.start("up", "--yes", "--skip-preview");
  kill = () => {
    first.kill();
    project.killProvider();
  };
  await first.done;
  kill = () => {};
  await project.pulumi("cancel", "--yes");
  const next = await project.up("--skip-preview");
  expect({ code: next.code, output: next.output }).toMatchObject({ code: 0 });
  // The second run finds the source before it sends anything.
  expect(creates()).toBe(before + 1);
  const { sourceId } = await project.outputs();
  const sources = await (
    await fetch(`${emulator.url}/api/v1/sources`, { headers: { "x-chroma-token": "k" } })
  ).json();
  const same = (sources as { id: string; web_scrape?: { starting_url: string } }[]).filter(
    (one) => one.web_scrape?.starting_url === "https://killed.example",
  );
  expect(same.map(({ id }) => id)).toEqual([sourceId]);
  project.setEnvironment({ CHROMA_SYNC_ENDPOINT: emulator.url });
  await proxy.close();
});

test("a source that was adopted is neither changed nor replaced at every up, and is there after a destroy", async () => {
  const adopting = new Project("adopting", {}, { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url });
  const client = new ChromaSyncClient({ apiKey: "k", endpoint: emulator.url });
  const theirs = await client.createSource({
    database_name: "db",
    s3: { bucket_name: "theirs", region: "us-east-1", collection_name: "docs", aws_credential_id: 1 },
  });
  const write = (more: string) =>
    adopting.write({
      "index.ts": `import { ChromaSyncInvocation, ChromaSyncSource } from "pulumi-chroma-sync";
const s3 = { bucketName: "theirs", region: "us-east-1", collectionName: "docs", awsAccessKeyId: "AKIA", awsSecretAccessKey: "s", ${more} };
const source = new ChromaSyncSource("theirs", { databaseName: "db", s3, onConflict: "adopt", rotateCredentials: true });
new ChromaSyncInvocation("sync", { sourceId: source.sourceId, objectKey: "a" });`,
    });
  adopting.init();
  write("");
  expect((await adopting.up("--skip-preview")).code).toBe(0);
  expect((await adopting.up("--skip-preview")).output).toContain("3 unchanged");
  write('autoSync: "direct"');
  const refused = await adopting.preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("existed before this stack");
  write("");
  expect((await adopting.up("--skip-preview")).output).toContain("3 unchanged");
  expect((await adopting.destroy("--skip-preview")).code).toBe(0);
  expect((await client.getSource(theirs)).id).toBe(theirs);
  await client.deleteSource(theirs);
  await client.close();
  adopting.remove();
});

test("destroy deletes the sources", async () => {
  expect((await project.destroy("--skip-preview")).code).toBe(0);
  const left = await fetch(`${emulator.url}/api/v1/sources`, { headers: { "x-chroma-token": "k" } });
  expect(await left.json()).toEqual([]);
});
