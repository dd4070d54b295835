import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import facts from "../facts.json";

const ids = { github: uuid(1), s3: uuid(2), web: uuid(3) };
const SHA = "a".repeat(40);
let emulator: Emulator;
let bucket: string;
let clock = 1_800_000_000_000;

function uuid(n: number) {
  return `0192f0c1-5d3e-7b7a-9c53-${String(n).padStart(12, "0")}`;
}

beforeEach(async () => {
  bucket = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-bucket-"));
  fs.mkdirSync(path.join(bucket, "tenant"));
  fs.writeFileSync(path.join(bucket, "tenant/a"), "a");
  emulator = await startEmulator({
    token: "t",
    now: () => clock,
    pendingMs: 100,
    processingMs: 200,
    seed: {
      sources: [
        { id: ids.github, database_name: "db", github: { repository: "a/b" } },
        {
          id: ids.s3,
          database_name: "db",
          s3: {
            bucket_name: "b",
            region: "r",
            collection_name: "objects",
            path_prefix: "tenant/",
            aws_secret_access_key: "never",
          },
        },
        { id: ids.web, database_name: "db", web_scrape: { starting_url: "http://127.0.0.1/" } },
      ],
      buckets: { b: bucket },
      repositories: { "a/b": path.join(__dirname, "../..") },
    },
  });
});

afterEach(async () => {
  await emulator.close();
  fs.rmSync(bucket, { recursive: true });
});

async function call(method: string, url: string, body?: unknown, token: string | null = "t") {
  const response = await fetch(emulator.url + url, {
    method,
    headers: { ...(token === null ? {} : { [facts.token.name]: token }), "content-type": "application/json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: whatever comes.
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as any };
}

const create = (kind: keyof typeof ids, body: unknown) =>
  call("POST", facts.path.replace("{source_id}", ids[kind]), body);
const S3 = { object_key: "tenant/a" };
const TARGET = { target_collection_name: "docs" };

test.each<[keyof typeof ids, unknown, number]>([
  ["s3", S3, 201],
  ["s3", { ...S3, ...TARGET, custom_id: "c", metadata: { tags: ["a"], n: 1, z: null } }, 201],
  ["s3", { ...S3, custom_id: "a".repeat(120) }, 201],
  ["s3", { ...S3, custom_id: "a".repeat(121) }, 400],
  ["s3", {}, 400],
  ["s3", { object_key: "other/a" }, 400],
  ["s3", { object_key: "a" }, 400],
  ["s3", { ...S3, ref_identifier: { sha: SHA } }, 400],
  ["s3", { ...S3, metadata: { a: { b: 1 } } }, 400],
  ["s3", { ...S3, metadata: { a: ["b", 1] } }, 400],
  ["s3", { ...S3, metadata: { $a: 1 } }, 400],
  ["s3", { ...S3, custom_id: 7 }, 400],
  ["s3", { ...S3, metadata: "x" }, 400],
  ["s3", "[", 400],
  ["s3", [], 400],
  ["s3", { ...S3, custom_id: null, metadata: null, ref_identifier: null, target_collection_name: null }, 201],
  ["github", TARGET, 201],
  ["github", { ...TARGET, ref_identifier: { branch: "main" } }, 201],
  ["github", { ...TARGET, ref_identifier: { sha: SHA } }, 201],
  ["github", { ...TARGET, ref_identifier: { sha: SHA, branch: "main" } }, 400],
  ["github", { ...TARGET, ref_identifier: {} }, 400],
  ["github", {}, 400],
  ["github", { target_collection_name: "a..b" }, 400],
  ["github", { ...TARGET, ...S3 }, 400],
  ["github", { ...TARGET, custom_id: "c" }, 400],
  ["github", { ...TARGET, metadata: {} }, 400],
  ["web", TARGET, 201],
  ["web", {}, 400],
  ["web", { ...TARGET, ref_identifier: { branch: "main" } }, 400],
  ["web", { ...TARGET, object_key: "k" }, 400],
])("%s with %j returns %i", async (kind, body, status) => {
  const reply = await create(kind, body);
  expect(reply.status).toBe(status);
  expect(Object.keys(reply.body).sort()).toEqual(status === 201 ? Object.keys(facts.reply) : facts.error);
});

test("every payload field accepts the types of the document and no other", async () => {
  const samples: Record<string, unknown> = {
    null: null,
    string: "tenant/abc",
    object: { a: 1 },
    number: 1,
    array: ["a"],
    boolean: true,
  };
  for (const [field, { types }] of Object.entries(facts.payload)) {
    if (field === "ref_identifier") continue;
    for (const [type, value] of Object.entries(samples)) {
      if (!types.includes(type))
        expect({ field, type, ...(await create("s3", { ...S3, [field]: value })) }).toMatchObject({
          status: 400,
        });
      else if (type !== "null" && field !== "target_collection_name")
        expect({ field, type, ...(await create("s3", { ...S3, [field]: value })) }).toMatchObject({
          status: 201,
        });
    }
  }
});

test("the token is asked for, and sources and invocations are known by UUIDs", async () => {
  expect((await call("GET", "/api/v1/invocations", undefined, null)).status).toBe(401);
  expect((await call("GET", "/api/v1/invocations", undefined, "wrong")).status).toBe(401);
  expect((await call("GET", "/health", undefined, null)).status).toBe(200);
  expect((await call("GET", `/api/v1/sources/${uuid(9)}`)).status).toBe(404);
  expect((await call("GET", "/api/v1/sources/nine")).status).toBe(400);
  expect((await call("GET", `/api/v1/invocations/${uuid(9)}`)).status).toBe(404);
  expect((await call("PUT", `/api/v1/invocations/${uuid(9)}`)).status).toBe(404);
  expect((await call("PATCH", "/api/v1/invocations")).status).toBe(405);
  expect((await call("GET", "/api/v2")).status).toBe(404);
});

test("a source is returned without its secrets", async () => {
  const { body } = await call("GET", `/api/v1/sources/${ids.s3}`);
  expect(body).toMatchObject({ id: ids.s3, s3: { bucket_name: "b" } });
  expect(JSON.stringify(body)).not.toContain("never");
});

test("an invocation is pending, processing, complete, and can be cancelled only at first", async () => {
  const { invocation_id: id } = (await create("s3", S3)).body;
  const status = async () => (await call("GET", `/api/v1/invocations/${id}`)).body.status;
  expect(await status()).toBe("pending");
  clock += 150;
  expect(await status()).toBe("processing");
  expect((await call("PUT", `/api/v1/invocations/${id}`)).status).toBe(412);
  clock += 200;
  expect(await status()).toEqual({
    complete: { duration_ms: 200, finished_at: expect.stringMatching(/Z$/) },
  });

  const second = (await create("s3", S3)).body.invocation_id;
  expect(await call("PUT", `/api/v1/invocations/${second}`)).toEqual({ status: 202, body: {} });
  expect((await call("GET", `/api/v1/invocations/${second}`)).body.status).toBe("cancelled");
});

test.each<[keyof typeof ids, object, RegExp]>([
  ["s3", { object_key: "tenant/missing" }, /does not exist in bucket/],
  ["s3", { object_key: "tenant/../../../../../../etc/passwd" }, /does not exist in bucket/],
  ["github", { ...TARGET, ref_identifier: { sha: SHA } }, /commit a+ does not exist/],
  ["github", { ...TARGET, ref_identifier: { branch: "no-such" } }, /branch no-such does not exist/],
])("%s with %j fails with the reason", async (kind, body, reason) => {
  const { invocation_id: id } = (await create(kind, body)).body;
  clock += 1000;
  expect((await call("GET", `/api/v1/invocations/${id}`)).body.status).toEqual({
    failed: { error: expect.stringMatching(reason) },
  });
});

test("a finished GitHub collection fails with 409, an S3 one takes more", async () => {
  await create("github", TARGET);
  await create("s3", S3);
  clock += 1000;
  expect((await create("github", TARGET)).status).toBe(409);
  expect((await create("s3", S3)).status).toBe(201);
});

test("a collection that was deleted can be synced into again", async () => {
  await create("github", TARGET);
  clock += 1000;
  const collection = `/_emulator/collections/${TARGET.target_collection_name}`;
  expect((await call("GET", collection)).body.metadata).toEqual({ finished_ingest: true });
  expect((await call("DELETE", collection)).status).toBe(200);
  expect((await call("GET", collection)).status).toBe(404);
  expect((await create("github", TARGET)).status).toBe(201);
});

test("lists filter, order and page", async () => {
  await create("s3", S3);
  clock += 1000;
  await create("github", TARGET);
  const list = async (query: string) => (await call("GET", `/api/v1/invocations?${query}`)).body;
  expect((await list("")).map((job: { source_id: string }) => job.source_id)).toEqual([ids.github, ids.s3]);
  expect(await list("order_by=ASC&limit=1&offset=1")).toHaveLength(1);
  expect(await list("limit=0")).toEqual([]);
  expect(await list("status=complete&source_type=s3")).toHaveLength(1);
  expect(await list(`source_id=${ids.web}`)).toEqual([]);
  expect((await call("GET", "/api/v1/invocations?limit=-1")).status).toBe(400);
  expect((await call("GET", `/api/v1/invocations?source_id=${ids.s3}&database_name=db`)).status).toBe(400);
});
