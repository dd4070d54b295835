import * as http from "node:http";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { repositoryIn } from "../support/git.js";
import { chunksIn, ended, folderOf, send } from "./context.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const FILES = {
  "a.md": "# A\n",
  "docs/b.md": "# B\n",
  "docs/deep/.c.md": "# C\n",
  ".github/d.yml": "d: 1\n",
};
const sourceOf = (more: object) => ({ database_name: "db", ...more });
const S3_SOURCE = { bucket_name: "b", region: "r", collection_name: "objects", aws_credential_id: 1 };

let emulator: Emulator;
let repository: string;

beforeEach(async () => {
  repository = folderOf(FILES);
  repositoryIn(repository);
  emulator = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      buckets: { b: repository },
      repositories: { "acme/docs": repository },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        {
          id: S3,
          database_name: "db",
          s3: { bucket_name: "b", region: "r", collection_name: "objects", path_prefix: "docs/" },
        },
      ],
    },
  });
});
afterEach(() => emulator.close());

const invoke = (source: string, body: object) =>
  send(emulator, "POST", `/api/v1/sources/${source}/invocations`, body);
const create = (body: object) => send(emulator, "POST", "/api/v1/sources", body);

test("a collection that a GitHub sync has finished accepts no object either", async () => {
  await invoke(GITHUB, { target_collection_name: "finished" });
  await ended(emulator);
  const answer = await invoke(S3, { object_key: "docs/b.md", target_collection_name: "finished" });
  expect(answer.status).toBe(409);
  expect((await invoke(S3, { object_key: "docs/b.md", target_collection_name: "others" })).status).toBe(201);
});

test.each([
  [undefined, Object.keys(FILES)],
  [["*"], Object.keys(FILES)],
  [["**/*"], Object.keys(FILES)],
  [["*.md"], ["a.md", "docs/b.md", "docs/deep/.c.md"]],
  [["docs/*"], ["docs/b.md"]],
  [["docs/**"], ["docs/b.md", "docs/deep/.c.md"]],
  [
    [".github/*.yml", "a.md"],
    ["a.md", ".github/d.yml"],
  ],
  [["@(a).md"], []],
])("the globs %j include %j", async (include_globs, expected) => {
  const github = { repository: "acme/docs", app_id: "1", ...(include_globs ? { include_globs } : {}) };
  const { source_id } = (await create(sourceOf({ github }))).body;
  await invoke(source_id, { target_collection_name: "tree" });
  expect(await ended(emulator)).toHaveProperty("complete");
  const keys = (await chunksIn(emulator, "tree")).map(({ metadata }) => metadata.document_key);
  expect(keys.sort()).toEqual([...expected].sort());
});

test.each([
  "docs/../a.md",
  "docs//b.md",
  "docs/./b.md",
  "docs/\0",
])("the S3 key %j is not a path", async (key) => {
  expect((await invoke(S3, { object_key: key })).status).toBe(201);
  expect(await ended(emulator)).toEqual({ failed: { error: expect.stringMatching(/does not exist in/) } });
});

test.each([
  ["no credentials", { ...S3_SOURCE, aws_credential_id: undefined }],
  ["a key without its secret", { ...S3_SOURCE, aws_credential_id: undefined, aws_access_key_id: "a" }],
  ["a secret without its key", { ...S3_SOURCE, aws_credential_id: undefined, aws_secret_access_key: "a" }],
  ["both kinds", { ...S3_SOURCE, aws_access_key_id: "a", aws_secret_access_key: "b" }],
  [
    "an empty key",
    { ...S3_SOURCE, aws_credential_id: undefined, aws_access_key_id: "", aws_secret_access_key: "" },
  ],
  ["a collection name of two dots", { ...S3_SOURCE, collection_name: "a..b" }],
  ["a collection name of two letters", { ...S3_SOURCE, collection_name: "ab" }],
  ["a collection name that is an address", { ...S3_SOURCE, collection_name: "10.0.0.1" }],
])("an S3 source with %s is 400", async (_what, s3) => {
  expect((await create(sourceOf({ s3 }))).status).toBe(400);
  expect((await create(sourceOf({ s3: S3_SOURCE }))).status).toBe(201);
});

test("an embedding model that is not offered is 400, as a name and as an object", async () => {
  const github = { repository: "acme/code" };
  for (const embedding_model of ["openai/ada", { model: "openai/ada" }])
    expect((await create(sourceOf({ github, embedding_model }))).status).toBe(400);
  const offered = "Qwen/Qwen3-Embedding-0.6B";
  expect((await create(sourceOf({ github, embedding_model: offered }))).status).toBe(201);
});

test("a field that the document does not have is taken, and is in no reply", async () => {
  const github = { repository: "acme/code", token: "hush-1" };
  const { body, status } = await create({ ...sourceOf({ github }), password: "hush-2" });
  expect(status).toBe(201);
  const ref_identifier = { branch: "main", secret: "hush-3" };
  const invoked = await invoke(body.source_id, {
    target_collection_name: "docs",
    ref_identifier,
    more: "hush-4",
  });
  expect(invoked.status).toBe(201);
  for (const place of [
    `sources/${body.source_id}`,
    "sources",
    "invocations",
    `invocations/${invoked.body.invocation_id}`,
  ])
    expect(JSON.stringify((await send(emulator, "GET", `/api/v1/${place}`)).body)).not.toContain("hush");
});

test.each([
  ["abc1234", 400],
  ["g".repeat(40), 400],
  ["a".repeat(41), 400],
  ["a".repeat(40), 201],
  ["A".repeat(64), 201],
])("the commit id %s is %i", async (sha, status) => {
  const answer = await invoke(GITHUB, { target_collection_name: "docs", ref_identifier: { sha } });
  expect(answer.status).toBe(status);
});

test.each([
  "limit=1&limit=2",
  "order_by=ASC&order_by=ASC",
  "limit=",
  "limit=0x10",
  "limit=1e2",
  "limit=%201",
  "offset=1.5",
  "offset=%2B1",
  "order_by=asc",
  "source_type=ftp",
  "database_name=%ff",
  "database_name=%zz",
])("the query %s is 400", async (query) => {
  for (const list of ["sources", "invocations"])
    expect((await send(emulator, "GET", `/api/v1/${list}?${query}`)).status).toBe(400);
});

test("a database name that is empty filters like any other", async () => {
  expect((await send(emulator, "GET", "/api/v1/sources?database_name=")).body).toEqual([]);
  expect((await send(emulator, "GET", "/api/v1/sources?database_name=db")).body).toHaveLength(2);
  await invoke(GITHUB, { target_collection_name: "docs" });
  expect((await send(emulator, "GET", "/api/v1/invocations?database_name=")).body).toEqual([]);
});

test.each([
  ["PATCH", "/api/v1/sources", "GET, POST"],
  ["HEAD", "/api/v1/invocations", "GET"],
  ["POST", `/api/v1/sources/${GITHUB}`, "GET, DELETE"],
  ["DELETE", `/api/v1/invocations/${GITHUB}`, "GET, PUT"],
  ["GET", "/api/v1/add-file", "POST"],
  ["POST", "/health", "GET, HEAD"],
  ["DELETE", "/health", "GET, HEAD"],
])("%s %s is 405 and allows %s", async (method, place, allow) => {
  const answer = await send(emulator, method, place);
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
});

test("health answers HEAD with no body, and asks for no key", async () => {
  const status = await new Promise((resolve, reject) =>
    http
      .request(`${emulator.url}/health`, { method: "HEAD" }, (reply) => resolve(reply.statusCode))
      .on("error", reject)
      .end(),
  );
  expect(status).toBe(200);
});
