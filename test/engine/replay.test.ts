import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import schema from "../../schema.json";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { engineAt } from "../plugin/client.js";
import { pluginFolder } from "../support/plugin-project.js";
import { answerOf, type Call, callsIn, difference } from "../support/recorded-calls.js";
import { GITHUB, pluginProject, S3 } from "./plugin-service.js";

const fixtures = path.join(__dirname, "../fixtures");
const KEY = "key-of-the-test";

const program = (version: string, branch: string) => `
resources:
  repository:
    type: chroma-sync:Source
    properties: { databaseName: db, github: { repository: acme/other, includeGlobs: ["*.md"] } }
  bucket:
    type: chroma-sync:Source
    properties:
      databaseName: db
      s3: { bucketName: other, region: us-east-1, collectionName: other, awsAccessKeyId: AKIA-OF-THE-FIXTURE, awsSecretAccessKey: secret-of-the-fixture }
  object:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: a, customId: c, metadata: { tags: [x], n: 1 }, triggers: ["${version}"], cancelOnDelete: true }
  docs:
    type: chroma-sync:Invocation
    properties: { sourceId: ${GITHUB}, refIdentifier: { branch: ${branch} }, targetCollectionName: docs, waitForCompletion: true }
  objects:
    type: chroma-sync:InvocationBatch
    properties:
      sourceId: ${S3}
      metadata: { team: docs }
      objects:
        - { objectKey: docs/guide.md, version: "${version}" }
        - { objectKey: docs/reference.md, customId: b, metadata: { n: 1 } }
`;

/** Where a program is on the machine that recorded it is no part of the state. */
const withoutPositions = (key: string, value: unknown) =>
  key === "sourcePosition" || key === "stackTrace" ? undefined : value;

/** Writes what this version says and keeps, for later versions to be asked the same: `npm run record`. */
async function record(folder: string): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const service = path.join(folder, "service.jsonl");
  const { project, emulator } = await pluginProject("recorded", { data: service });
  const run = async (...args: string[]) => {
    const { code, output } = await project.pulumi(...args);
    if (code !== 0) throw new Error(output);
    return output;
  };
  project.declare(program("1", "main"));
  await run("up", "--yes", "--skip-preview");
  await run("refresh", "--yes", "--skip-preview");
  const state = JSON.parse(await run("stack", "export", "--show-secrets"), withoutPositions);
  fs.writeFileSync(path.join(folder, "state.json"), `${JSON.stringify(state, null, 4)}\n`);
  const log = path.join(project.folder, "grpc.jsonl");
  project.setEnvironment({ PULUMI_DEBUG_GRPC: log });
  await run("preview");
  await run("preview", "--refresh");
  project.declare(program("2", "other"));
  await run("preview");
  const calls = callsIn(fs.readFileSync(log, "utf8"));
  fs.writeFileSync(path.join(folder, "calls.json"), `${JSON.stringify(calls, null, 1)}\n`);
  await emulator.close();
}

if (process.env.RECORD)
  test("this version is recorded", async () => {
    await record(path.join(fixtures, schema.version));
  });

/** Folders of released versions, and of the one that is being made. */
const found = fs.readdirSync(fixtures).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
const versions = [...new Set([...found, ...(process.env.RECORD ? [schema.version] : [])])];
const fixture = (version: string, file: string) =>
  fs.readFileSync(path.join(fixtures, version, file), "utf8");

/** The service as it was, and today's plugin as an executable of its own. */
async function today(version: string) {
  const data = path.join(fs.mkdtempSync("/tmp/chroma-sync-replay-"), "service.jsonl");
  fs.copyFileSync(path.join(fixtures, version, "service.jsonl"), data);
  const emulator = await startEmulator({ token: KEY, data });
  const child = spawn(path.join(pluginFolder(), "pulumi-resource-chroma-sync"), [], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = await new Promise<string[]>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(String(chunk).split("\n"))),
  );
  const engine = engineAt(Number(port));
  await engine.configure({ apiKey: KEY, endpoint: emulator.url, journal: "off" });
  return { emulator, engine, child, folder: path.dirname(data) };
}

let open: { emulator: Emulator; engine: { close(): void }; child: ChildProcess; folder: string } | undefined;
afterEach(async () => {
  open?.engine.close();
  open?.child.kill();
  await open?.emulator.close();
  if (open) fs.rmSync(open.folder, { recursive: true });
  open = undefined;
});

test("there is a recording of this version", () => expect(versions).toContain(schema.version));

test.each(versions)("today's plugin answers what %s was asked as it did", async (version) => {
  const service = await today(version);
  open = service;
  const calls: Call[] = JSON.parse(fixture(version, "calls.json"));
  const kinds = new Set(calls.map(({ method, urn }) => `${method} ${urn.split("::").at(-2)}`));
  expect(kinds.size).toBe(9);
  for (const call of calls) {
    const answer = await answerOf(call, service.engine);
    expect([call.method, call.urn, difference(call, answer)]).toEqual([call.method, call.urn, []]);
  }
  // Some of what was asked was a change, and most was not.
  const changes = calls.filter(({ answer }) => answer.changes === 2);
  expect(changes.length).toBeGreaterThan(2);
  expect(service.emulator.requests.filter((line) => !/^GET|latest-by-keys/.test(line))).toEqual([]);
});

test.each(versions)("state of %s has no change in a preview, a refresh and an update", async (version) => {
  const service = await today(version);
  open = service;
  const { project } = await pluginProject("recorded", {}, { CHROMA_SYNC_ENDPOINT: service.emulator.url });
  project.write({ "state.json": fixture(version, "state.json") });
  project.declare(program("1", "main"));
  await project.pulumi("stack", "import", "--file", "state.json");
  /** In plain text: what is encrypted differs each time. */
  const inputs = async () => {
    const { output } = await project.pulumi("stack", "export", "--show-secrets");
    const { resources } = JSON.parse(output).deployment;
    return Object.fromEntries(resources.map((one: { urn: string; inputs: object }) => [one.urn, one.inputs]));
  };
  const before = await inputs();
  expect((await project.preview("--expect-no-changes")).code).toBe(0);
  expect((await project.refresh("--skip-preview", "--expect-no-changes")).output).toContain("6 unchanged");
  expect((await project.up("--skip-preview")).output).toContain("6 unchanged");
  expect(await inputs()).toEqual(before);
  expect(service.emulator.requests.filter((line) => !/^GET|latest-by-keys/.test(line))).toEqual([]);
});
