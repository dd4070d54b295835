import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { enginePath, Project } from "../support/project.js";

const OURS = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const THEIRS = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const BUCKET = "0192f0c1-5d3e-7b7a-9c53-000000000003";
const site = (id: string) => ({ id, database_name: "db", web_scrape: { starting_url: "https://a.example" } });

let emulator: Emulator;
let other: Emulator;
let project: Project;
beforeAll(async () => {
  emulator = await startEmulator({
    token: "our-key-of-the-test",
    seed: {
      sources: [
        site(OURS),
        { id: BUCKET, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "docs" } },
      ],
    },
  });
  other = await startEmulator({ token: "their-key-of-the-test", seed: { sources: [site(THEIRS)] } });
  project = new Project("lookups", {}, { CHROMA_SYNC_ENDPOINT: emulator.url });
  project.init();
  await project.pulumi("config", "set", "--secret", "chroma-sync:apiKey", "our-key-of-the-test");
});
afterAll(async () => {
  await Promise.all([emulator.close(), other.close()]);
  project.remove();
});

test("lookups answer at preview, in both forms, once per program, and for the account of a provider", async () => {
  project.write({
    "index.ts": `import * as pulumi from "@pulumi/pulumi";
import * as chroma from "pulumi-chroma-sync";
const startingUrl = "https://a.example";
const provider = new chroma.ChromaSyncProvider("theirs", {
  apiKey: pulumi.secret("their-key-of-the-test"),
  endpoint: "${other.url}",
});
const group = new pulumi.ComponentResource("x:y:Group", "group", {}, { providers: [provider] });
export const plain = chroma.getSource({ startingUrl }).then((source) => source.id);
export const again = chroma.getSource({ startingUrl }).then((source) => source.id);
export const ofOutput = chroma.getSourceOutput({ startingUrl: pulumi.output(startingUrl) }).id;
export const theirs = chroma.getSource({ startingUrl }, { provider }).then((source) => source.id);
const elsewhere = new chroma.ChromaSyncProvider("elsewhere", { endpoint: "${emulator.url}" });
export const withTheKeyOfTheStack = chroma.getSourceOutput({ startingUrl }, { provider: elsewhere }).id;
export const seen = chroma.ChromaSyncSource.get("seen", "${BUCKET}", { provider: elsewhere }).databaseName;
export const ofParent = chroma.getSourceOutput({ startingUrl }, { parent: group }).id;
const object = new chroma.ChromaSyncInvocation("object", { sourceId: "${BUCKET}", objectKey: "a" });
export const status = chroma.getInvocationOutput({ id: object.id }).status;
export const count = chroma.listInvocationsOutput({ sourceId: object.id.apply(() => "${BUCKET}") }).length;
export const latest = chroma.latestInvocationsOutput({ sourceId: "${BUCKET}", objectKeys: ["a"] }).apply((all) => Object.keys(all));
export const sources = chroma.listSourcesOutput({ sourceType: "webScrape" }).length;
`,
  });
  const preview = await project.preview();
  expect(preview.output).toMatch(new RegExp(`plain *: "${OURS}"`));
  expect(preview.output).toMatch(new RegExp(`ofParent *: "${THEIRS}"`));
  expect(preview.code).toBe(0);
  const lists = emulator.requests.filter((line) => line === "GET /api/v1/sources").length;
  expect(lists).toBe(3);
  const up = await project.up("--skip-preview");
  expect(up.code).toBe(0);
  expect(await project.outputs()).toMatchObject({
    plain: OURS,
    again: OURS,
    ofOutput: OURS,
    theirs: THEIRS,
    ofParent: THEIRS,
    withTheKeyOfTheStack: OURS,
    seen: "db",
    status: expect.stringMatching(/pending|processing/),
    count: 1,
    sources: 1,
  });
  expect(up.output + project.stateText()).not.toMatch(/(our|their)-key-of-the-test/);
  expect((await project.pulumi("stack", "output", "ofParent")).output.trim()).toBe(THEIRS);
});

test("a lookup that finds nothing fails the preview with what there is", async () => {
  project.write({
    "index.ts": `import { getSource } from "pulumi-chroma-sync";
export const id = getSource({ startingUrl: "https://b.example" }).then((source) => source.id);`,
  });
  const { code, output } = await project.preview();
  expect(code).not.toBe(0);
  expect(output).toContain(`Of its kind there are: ${OURS} (https://a.example, database db)`);
});

test("a driver that runs its program twice is answered anew", async () => {
  const service = await startEmulator({ token: "k", seed: { sources: [site(OURS)] } });
  project.write({
    "driver.js": `const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { listSources } = require("pulumi-chroma-sync");
const { ChromaSyncClient } = require("pulumi-chroma-sync/client");
const program = async () => ({ count: (await listSources()).length, again: (await listSources()).reverse().length });
(async () => {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "driven", projectName: "lookups", program }, { workDir: __dirname });
  const count = async () => (await stack.up()).outputs.count.value;
  const before = await count();
  const client = new ChromaSyncClient({ apiKey: "k", endpoint: process.env.CHROMA_SYNC_ENDPOINT });
  await client.createSource({ databaseName: "db", github: { repository: "acme/app" } });
  await client.close();
  console.log(JSON.stringify([before, await count()]));
})();`,
  });
  const { stdout } = await promisify(execFile)(process.execPath, ["driver.js"], {
    cwd: project.folder,
    env: {
      ...process.env,
      PATH: enginePath(),
      PULUMI_BACKEND_URL: `file://${path.join(project.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_HOME: path.join(project.folder, "home"),
      CHROMA_API_KEY: "k",
      CHROMA_SYNC_ENDPOINT: service.url,
    },
  });
  expect(JSON.parse(stdout)).toEqual([1, 2]);
  expect(service.requests.filter((line) => line === "GET /api/v1/sources")).toHaveLength(2);
  await service.close();
});
