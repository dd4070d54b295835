import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { httpServer } from "../support/http-server.js";
import { Project } from "../support/project.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    token: "key-of-the-test",
    pendingMs: 60_000,
    seed: {
      sources: [
        {
          id: S3,
          database_name: "db",
          s3: { bucket_name: "b", region: "r", collection_name: "objects", path_prefix: "t/" },
        },
        { id: GITHUB, database_name: "db", github: { repository: "a/b" } },
      ],
    },
  });
});
afterAll(() => emulator.close());

const environment = () => ({ CHROMA_API_KEY: "key-of-the-test", CHROMA_SYNC_ENDPOINT: emulator.url });
const posts = () => emulator.requests.filter((line) => line.startsWith("POST")).length;

function project(
  name: string,
  files: Record<string, string>,
  main: string,
  env = environment(),
  packageJson = {},
) {
  const made = new Project(name, files, env, { main, ...packageJson });
  made.init();
  return made;
}

test("a plain JavaScript program runs, and destroying cancels what is pending", async () => {
  const js = project(
    "plain-js",
    {
      "index.js": `const { ChromaSyncInvocation } = require("pulumi-chroma-sync");
const a = new ChromaSyncInvocation("a", { sourceId: "${S3}", objectKey: "t/a" });
module.exports = { id: a.invocationId, collection: a.collectionName };`,
    },
    "index.js",
  );
  expect((await js.up()).output).toContain("+ 2 created");
  const { id, collection } = await js.outputs();
  expect(collection).toBe("objects");
  const [entry] = await js.resources();
  // The tests' node_modules is a link, whose target makes the engine's own stack trace longer.
  const bytes = JSON.stringify(entry).replaceAll(/\.\.\/chroma-sync-packed-\w+\//g, "").length;
  expect(bytes).toBeLessThan(1500);
  expect(entry.sourcePosition).toContain("index.js#");
  expect((await js.destroy()).code).toBe(0);
  expect(emulator.jobs().find((job) => job.id === id)?.status).toBe("cancelled");
  js.remove();
});

test("an ESM program runs; another resource consumes the id; a source id may be unknown at preview", async () => {
  const esm = project(
    "esm",
    {
      "index.mjs": `import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
class Source extends pulumi.dynamic.Resource {
  constructor(name) {
    super({ create: async () => ({ id: "${S3}", outs: {} }) }, name, {});
  }
}
const source = new Source("source");
const first = new ChromaSyncInvocation("first", { sourceId: source.id, objectKey: "t/a" });
const second = new ChromaSyncInvocation("second", { sourceId: source.id, objectKey: "t/b", triggers: [first.invocationId] });
const seen = ChromaSyncInvocation.get("seen", first.invocationId);
export const ids = [first.invocationId, second.invocationId];
export const status = seen.status;
export const seenKey = seen.chunkIdPrefix;`,
    },
    "index.mjs",
    environment(),
    { type: "module" },
  );
  const before = posts();
  expect((await esm.preview()).output).toContain("+ 4 to create");
  expect(posts()).toBe(before);
  const up = await esm.up("--skip-preview");
  expect(up.output).toContain("+ 4 created");
  expect(posts()).toBe(before + 2);
  expect(await esm.outputs()).toMatchObject({ status: "pending" });
  expect((await esm.up("--skip-preview")).output).toContain("unchanged");
  expect(posts()).toBe(before + 2);
  await esm.destroy("--skip-preview");
  esm.remove();
});

test("ChromaSyncProvider gives a resource its own key and endpoint, the key encrypted", async () => {
  const other = await startEmulator({
    token: "key-of-another-tenant",
    seed: {
      sources: [
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "theirs" } },
      ],
    },
  });
  const two = project(
    "two-keys",
    {
      "index.js": `const { ChromaSyncInvocation, ChromaSyncProvider } = require("pulumi-chroma-sync");
const provider = new ChromaSyncProvider("tenant", { apiKey: "key-of-another-tenant", endpoint: "${other.url}" });
new ChromaSyncInvocation("ours", { sourceId: "${S3}", objectKey: "t/a" });
exports.theirs = new ChromaSyncInvocation("theirs", { sourceId: "${S3}", objectKey: "a" }, { provider }).collectionName;`,
    },
    "index.js",
  );
  const up = await two.up();
  expect(up.output).toContain("+ 4 created");
  expect(await two.outputs()).toEqual({ theirs: "theirs" });
  expect(other.jobs()).toHaveLength(1);
  expect(two.stateText() + up.output).not.toContain("key-of-another-tenant");
  await two.destroy("--skip-preview");
  two.remove();
  await other.close();
});

const BAD: [string, ...string[]][] = [
  ['{ sourceId: "nope" }', "sourceId must be the UUID of a source"],
  [
    '{ sourceId: "0192f0c1-5d3e-7b7a-9c53-00000000dead", objectKey: "t/a" }',
    "sourceId is not known to the service: check the id",
  ],
  ["{ sourceId }", "objectKey is required for an S3 source"],
  ['{ sourceId, objectKey: "a" }', "objectKey must be the full key and start with the source's path prefix"],
  [
    '{ sourceId, objectKey: "t/a", metadata: secret({ note: ["hidden-value", 1] }), customId: secret("hidden-value".repeat(11)) }',
    'metadata key "note" holds a list of mixed types',
    "customId is 132 characters",
  ],
  [
    '{ sourceId: github, objectKey: "k", customId: "c", metadata: { a: 1 } }',
    "targetCollectionName is required for a GitHub source",
    "objectKey is for S3 sources only",
    "customId is for S3 sources only",
    "metadata is for S3 sources only",
  ],
  [
    '{ sourceId: github, targetCollectionName: "docs", refIdentifier: { sha: "a", branch: "b" } }',
    "refIdentifier has both sha and branch",
  ],
  [
    '{ sourceId, objectKey: "t/a", targetColection: "docs" }',
    "targetColection is not an input of ChromaSyncInvocation: did you mean targetCollectionName?",
  ],
];

test("bad input is one clear error per property at preview, and sends no POST", async () => {
  const before = posts();
  const bad = project("bad-input", {}, "index.js");
  for (const [args, ...reasons] of BAD) {
    bad.write({
      "index.js": `const { secret } = require("@pulumi/pulumi");
const [sourceId, github] = ["${S3}", "${GITHUB}"];
new (require("pulumi-chroma-sync").ChromaSyncInvocation)("bad", ${args});`,
    });
    const { code, output } = await bad.preview();
    expect({ args, code }).not.toEqual({ args, code: 0 });
    for (const reason of reasons) expect(output).toContain(`resource 'bad' has a problem: ${reason}`);
    // Each error stands once on its row and once in the summary.
    expect(output.match(/has a problem/g)).toHaveLength(2 * reasons.length);
    expect(output).not.toContain("hidden-value");
  }
  expect(posts()).toBe(before);
  bad.remove();
});

test("every error status of the POST is one sentence: what was tried, what came back, what to do", async () => {
  // The object's key is the status that is returned for it.
  const service = await httpServer((request, response, body) => {
    const isPost = request.method === "POST";
    response.writeHead(isPost ? Number(JSON.parse(body).object_key) : 200, {
      "content-type": "application/json",
    });
    const source = { id: S3, s3: { bucket_name: "b", collection_name: "objects" } };
    response.end(JSON.stringify(isPost ? { error: "Kind", message: "the reason" } : source));
  });
  const advice = {
    400: "Correct the inputs",
    401: "--run-program",
    403: "no permission",
    404: "Check the id",
    409: "write to another collection",
    412: "Only a pending invocation",
    500: "The service may have accepted it.",
  };
  const statuses = project(
    "statuses",
    {
      "index.js": `const { ChromaSyncInvocation } = require("pulumi-chroma-sync");
for (const objectKey of ${JSON.stringify(Object.keys(advice))}) new ChromaSyncInvocation("a" + objectKey, { sourceId: "${S3}", objectKey });`,
    },
    "index.js",
    { CHROMA_API_KEY: "key-of-the-test", CHROMA_SYNC_ENDPOINT: service.url },
  );
  const { code, output } = await statuses.up("--skip-preview", "--continue-on-error");
  expect(code).not.toBe(0);
  for (const [status, words] of Object.entries(advice)) {
    const line = output.split("\n").find((one) => one.includes(`returned ${status}: Kind: the reason`));
    expect(line).toContain(`POST ${service.url}/api/v1/sources/${S3}/invocations returned`);
    expect(line).toContain(words);
  }
  expect(output).not.toContain("key-of-the-test");
  statuses.remove();
  await service.close();
});

test("no key, a bad endpoint, a wrong key and a service that is down are each one clear error", async () => {
  const before = posts();
  const text = `const { ChromaSyncInvocation } = require("pulumi-chroma-sync");
new ChromaSyncInvocation("a", { sourceId: "${S3}", objectKey: "t/a" });`;
  const errors = project("errors", { "index.js": text }, "index.js", {
    CHROMA_SYNC_ENDPOINT: emulator.url,
  } as never);
  expect((await errors.preview()).code).toBe(0);
  expect((await errors.up("--skip-preview")).output).toContain(
    "No Chroma API key: run `pulumi config set --secret chroma-sync:apiKey",
  );

  errors.setEnvironment({ CHROMA_API_KEY: "a-wrong-key" });
  const wrong = await errors.up();
  expect(wrong.output).toContain("returned 401");
  expect(wrong.output).not.toContain("a-wrong-key");

  errors.setEnvironment({ CHROMA_SYNC_ENDPOINT: "http://sync.example.com" });
  expect((await errors.preview()).output).toContain("would send the API key unencrypted");

  errors.setEnvironment({ CHROMA_SYNC_ENDPOINT: "http://127.0.0.1:1" });
  const down = await errors.preview();
  expect(down.code).toBe(0);
  expect(down.output).toContain("only the offline rules were checked");
  expect((await errors.up("--skip-preview")).output).toContain("No connection was made, so nothing was sent");
  expect(posts()).toBe(before);
  errors.remove();
});

test("a secret key of the configuration appears nowhere", async () => {
  const key = "key-of-the-test";
  const text = `const { ChromaSyncInvocation } = require("pulumi-chroma-sync");
new ChromaSyncInvocation("a", { sourceId: "${S3}", objectKey: "t/a", metadata: { n: 1 } });`;
  const secret = project("secret-key", { "index.js": text }, "index.js", {
    CHROMA_SYNC_ENDPOINT: emulator.url,
  } as never);
  await secret.pulumi("config", "set", "--secret", "chroma-sync:apiKey", key);
  const runs = [await secret.preview("--diff"), await secret.up(), await secret.refresh(), await secret.up()];
  for (const run of runs) expect(run.code).toBe(0);
  expect(runs.map((run) => run.output).join()).not.toContain(key);
  expect(secret.stateText()).not.toContain(key);
  await secret.destroy("--skip-preview");
  secret.remove();
});
