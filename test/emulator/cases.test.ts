import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { ChromaSyncClient, ResponseError } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";

// The service's behaviour, case by case. The numbers are those of the list of cases at the end.

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const WEB = "0192f0c1-5d3e-7b7a-9c53-000000000003";
const NOBODY = "0192f0c1-5d3e-7b7a-9c53-00000000ffff";

let folder: string;
let now: number;
let emulator: Emulator;
let client: ChromaSyncClient;

beforeEach(async () => {
  now = Date.parse("2026-01-01T00:00:00Z");
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-cases-"));
  fs.mkdirSync(path.join(folder, "p"));
  fs.writeFileSync(path.join(folder, "p/a.md"), "# A\n\ntext\n");
  emulator = await startEmulator({
    token: "owner",
    memberToken: "member",
    pendingMs: 1000,
    processingMs: 1000,
    now: () => now,
    seed: {
      databases: ["db"],
      buckets: { b: folder },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        {
          id: S3,
          database_name: "db",
          s3: { bucket_name: "b", region: "r", collection_name: "objects", path_prefix: "p/" },
        },
        { id: WEB, database_name: "db", web_scrape: { starting_url: "http://127.0.0.1:1/" } },
      ],
    },
  });
  client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "owner", retries: 0 });
});

afterEach(async () => {
  await client.close();
  await emulator.close();
  fs.rmSync(folder, { recursive: true });
});

const status = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error) => (error instanceof ResponseError ? error.status : `not a response: ${error}`),
  );
const object = (more = {}) => client.createInvocation(S3, { object_key: "p/a.md", ...more });
const branch = (target?: string) =>
  client.createInvocation(GITHUB, {
    ref_identifier: { branch: "main" },
    ...(target ? { target_collection_name: target } : {}),
  });
// biome-ignore lint/suspicious/noExplicitAny: bodies that the types forbid.
const raw = (source: string, body: any) => client.createInvocation(source, body);
const send = (
  method: string,
  place: string,
  body?: unknown,
  headers: Record<string, string> = { "x-chroma-token": "owner" },
) =>
  fetch(emulator.url + place, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const collection = async (name: string) =>
  (await (await fetch(`${emulator.url}/_emulator/collections/${name}`)).json()) as {
    chunks: { id: string; metadata: Record<string, unknown> }[];
    metadata: Record<string, unknown>;
  };
const finish = () => {
  now += 5000;
};
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const CASES: Record<number, [title: string, run: () => Promise<void>]> = {
  1: [
    "a POST without the token is 401 with error and message",
    async () => {
      const answer = await send("POST", `/api/v1/sources/${S3}/invocations`, { object_key: "p/a.md" }, {});
      expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([
        401,
        ["error", "message"],
      ]);
    },
  ],
  2: [
    "a wrong token is 401, and is in no error text",
    async () => {
      const wrong = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "wrong-key-123", retries: 0 });
      const error = await wrong
        .createInvocation(S3, { object_key: "p/a.md" })
        .catch((one: ResponseError) => one);
      expect([(error as ResponseError).status, String(error).includes("wrong-key-123")]).toEqual([
        401,
        false,
      ]);
    },
  ],
  3: [
    "an unknown source is 404",
    async () => expect(await status(raw(NOBODY, { object_key: "p/a.md" }))).toBe(404),
  ],
  4: [
    "a source id that is not a UUID is 400",
    async () => expect(await status(raw("nope", { object_key: "p/a.md" }))).toBe(400),
  ],
  5: [
    "a branch with a target is 201 with a UUID, and then pending",
    async () => {
      const job = await client.getInvocation(await branch("docs"));
      expect([job.status, job.id]).toEqual(["pending", expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    },
  ],
  6: ["github without a target is 400", async () => expect(await status(branch())).toBe(400)],
  7: ["web without a target is 400", async () => expect(await status(raw(WEB, {}))).toBe(400)],
  8: ["s3 without an object key is 400", async () => expect(await status(raw(S3, {}))).toBe(400)],
  9: [
    "github and web with an object key are 400",
    async () => {
      for (const source of [GITHUB, WEB])
        expect(await status(raw(source, { object_key: "p/a.md", target_collection_name: "docs" }))).toBe(400);
    },
  ],
  10: [
    "s3 without a target writes to the source's collection",
    async () => expect((await client.getInvocation(await object())).metadata.collection_name).toBe("objects"),
  ],
  11: [
    "s3 with a target writes there, and makes the collection",
    async () => {
      await object({ target_collection_name: "other" });
      finish();
      expect((await collection("other")).chunks).toHaveLength(1);
    },
  ],
  12: [
    "an object key outside the prefix is 400",
    async () => expect(await status(object({ object_key: "q/a.md" }))).toBe(400),
  ],
  13: [
    "an object key relative to the prefix is 400",
    async () => expect(await status(object({ object_key: "a.md" }))).toBe(400),
  ],
  14: [
    "a custom id of 120 characters is taken, of 121 is not",
    async () => {
      expect(await status(object({ custom_id: "x".repeat(120) }))).toBe("ok");
      expect(await status(object({ custom_id: "x".repeat(121) }))).toBe(400);
    },
  ],
  16: [
    "a custom id begins the chunk ids and is in their metadata",
    async () => {
      await object({ custom_id: "d1" });
      finish();
      expect((await collection("objects")).chunks).toEqual([
        expect.objectContaining({ id: "d1-0", metadata: expect.objectContaining({ custom_id: "d1" }) }),
      ]);
    },
  ],
  17: [
    "without one the hash of the key begins them",
    async () => {
      await object();
      finish();
      expect((await collection("objects")).chunks[0]!.id).toBe(`${sha256("p/a.md")}-0`);
    },
  ],
  18: [
    "sha and branch together are 400",
    async () =>
      expect(
        await status(
          raw(GITHUB, { ref_identifier: { sha: "a", branch: "b" }, target_collection_name: "docs" }),
        ),
      ).toBe(400),
  ],
  19: [
    "null is the same as absent",
    async () =>
      expect(
        await status(
          object({ custom_id: null, metadata: null, ref_identifier: null, target_collection_name: null }),
        ),
      ).toBe("ok"),
  ],
  20: [
    "metadata of scalars and lists of one type is taken, nested and mixed are not",
    async () => {
      expect(await status(object({ metadata: { tags: ["a", "b"], n: 1, b: true, z: null } }))).toBe("ok");
      for (const metadata of [{ a: { b: 1 } }, { a: [1, "b"] }])
        expect(await status(object({ metadata }))).toBe(400);
    },
  ],
  21: [
    "a field of another kind of source is 400",
    async () => {
      for (const more of [{ custom_id: "c" }, { metadata: { a: 1 } }])
        expect(await status(raw(GITHUB, { target_collection_name: "docs", ...more }))).toBe(400);
      expect(await status(object({ ref_identifier: { branch: "main" } }))).toBe(400);
    },
  ],
  23: [
    "one POST on S3 twice is two jobs and double the chunks",
    async () => {
      expect(await object()).not.toBe(await object());
      finish();
      expect((await collection("objects")).chunks).toHaveLength(2);
    },
  ],
  24: [
    "a cancel while pending is 202 and then cancelled",
    async () => {
      const id = await object();
      const answer = await send("PUT", `/api/v1/invocations/${id}`);
      expect([answer.status, await answer.json()]).toEqual([202, {}]);
      finish();
      expect((await client.getInvocation(id)).status).toBe("cancelled");
    },
  ],
  25: [
    "a cancel of any other state is 412",
    async () => {
      const [one, gone] = [await object(), await object()];
      await client.cancelInvocation(gone);
      expect(await status(client.cancelInvocation(gone))).toBe(412);
      now += 1500;
      expect(await status(client.cancelInvocation(one))).toBe(412);
      finish();
      expect(await status(client.cancelInvocation(one))).toBe(412);
    },
  ],
  26: [
    "a cancel of what is unknown is 404",
    async () => expect(await status(client.cancelInvocation(NOBODY))).toBe(404),
  ],
  27: [
    "a complete job says when and how long",
    async () => {
      const id = await object();
      finish();
      expect((await client.getInvocation(id)).status).toEqual({
        complete: { finished_at: "2026-01-01T00:00:02.000Z", duration_ms: 1000 },
      });
    },
  ],
  29: [
    "a list of a source and a database is 400",
    async () =>
      expect(await status(client.listInvocations({ source_id: S3, database_name: "db" }))).toBe(400),
  ],
  30: [
    "a list is newest first, a hundred at most, and pages",
    async () => {
      const ids: string[] = [];
      for (let n = 0; n < 101; n++) ids.push(await object());
      const first = await client.listInvocations({ source_id: S3 });
      expect([first.length, first[0]!.id]).toEqual([100, ids[100]]);
      expect((await client.listInvocations({ source_id: S3, offset: 100 })).map(({ id }) => id)).toEqual([
        ids[0],
      ]);
      const all: string[] = [];
      for await (const job of client.invocations({ source_id: S3 })) all.push(job.id);
      expect(all).toEqual([...ids].reverse());
    },
  ],
  31: [
    "filters of state and kind hold together",
    async () => {
      const id = await object();
      finish();
      await object();
      const found = await client.listInvocations({ status: "complete", source_type: "s3" });
      expect(found.map((job) => job.id)).toEqual([id]);
    },
  ],
  32: [
    "a limit of 0 is an empty list, below is 400",
    async () => {
      expect(await client.listInvocations({ limit: 0 })).toEqual([]);
      expect(await status(client.listInvocations({ limit: -1 }))).toBe(400);
    },
  ],
  33: [
    "latest by keys has the newer of two, and no unknown key",
    async () => {
      await object();
      const newer = await object();
      const found = await client.latestInvocationsByKeys(S3, ["p/a.md", "p/none.md"]);
      expect(Object.entries(found).map(([key, job]) => [key, job.id])).toEqual([["p/a.md", newer]]);
    },
  ],
  34: [
    "the same source twice is 409",
    async () => {
      const create = () => client.createSource({ database_name: "db", github: { repository: "acme/code" } });
      expect([await status(create()), await status(create())]).toEqual(["ok", 409]);
    },
  ],
  35: [
    "a source in no database is 404, of a member 403",
    async () => {
      expect(
        await status(client.createSource({ database_name: "none", github: { repository: "a/b" } })),
      ).toBe(404);
      const member = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "member", retries: 0 });
      expect(await status(member.createSource({ database_name: "db", github: { repository: "a/b" } }))).toBe(
        403,
      );
      expect(await status(member.deleteSource(S3))).toBe(403);
    },
  ],
  36: [
    "a source that is deleted is gone, and its job keeps running",
    async () => {
      const id = await object();
      await client.deleteSource(S3);
      expect(await status(client.deleteSource(S3))).toBe(404);
      finish();
      expect((await client.getInvocation(id)).status).toHaveProperty("complete");
    },
  ],
  37: [
    "inline keys are never echoed, and a credential id stands for them",
    async () => {
      const id = await client.createSource({
        database_name: "db",
        s3: {
          bucket_name: "c",
          region: "r",
          collection_name: "files",
          aws_access_key_id: "AKIA",
          aws_secret_access_key: "hush",
        },
      });
      const source = await client.getSource(id);
      expect(JSON.stringify([source, await client.listSources()])).not.toMatch(/AKIA|hush/);
      expect(source.s3).toHaveProperty("aws_credential_id");
    },
  ],
  38: [
    "a file_upload source is not created so",
    async () =>
      expect((await send("POST", "/api/v1/sources", { database_name: "db", file_upload: {} })).status).toBe(
        400,
      ),
  ],
  39: [
    "a list of sources is of sources",
    async () =>
      expect(
        (await client.listSources({ source_type: "s3" })).map((source) => source.s3?.bucket_name),
      ).toEqual(["b"]),
  ],
  40: [
    "a connection that is cut after processing leaves one job",
    async () => {
      emulator.faults.add({ operation: "create_job", kind: "reset-after", times: 1 });
      expect(await status(object())).toContain("not a response");
      expect(emulator.jobs()).toHaveLength(1);
    },
  ],
  41: [
    "a file before its database is 400, and above 200 MiB too",
    async () => {
      const fields: Record<string, string> = { database_name: "db", collection_name: "files" };
      const upload = async (names: string[], length: number) => {
        const form = new FormData();
        for (const name of names)
          form.append(name, name === "file" ? new File(["text"], "a.md") : fields[name]!);
        const headers = { "x-chroma-token": "owner", "x-upload-content-length": String(length) };
        return (await fetch(`${emulator.url}/api/v1/add-file`, { method: "POST", body: form, headers }))
          .status;
      };
      expect(await upload(["database_name", "collection_name", "file"], 4)).toBe(201);
      expect(await upload(["file", "database_name", "collection_name"], 4)).toBe(400);
      expect(await upload(["database_name", "collection_name", "file"], 209_715_201)).toBe(400);
    },
  ],
};

/** Cases that are the provider's, and where they are tested. */
const ELSEWHERE: Record<number, [file: string, words: string]> = {
  15: ["test/provider/invocation/check.test.ts", "122 bytes"],
  22: ["test/emulator/emulator.test.ts", "a finished GitHub collection fails with 409"],
  28: ["test/engine/waiting.test.ts", "a failed sync fails again after a refresh"],
  42: [
    "test/provider/invocation/diff.test.ts",
    "another ref into the same finished collection warns of the 409",
  ],
  43: ["test/provider/invocation/delete.test.ts", "a recorded end sends nothing"],
};

test.each(
  Object.entries(CASES).map(([number, [title, run]]) => [number, title, run] as const),
)("case %s: %s", async (_number, _title, run) => run());

test("each of the 43 cases is tested", () => {
  for (let number = 1; number <= 43; number++) {
    if (CASES[number]) continue;
    const [file, words] = ELSEWHERE[number]!;
    expect(fs.readFileSync(path.join(__dirname, "../..", file), "utf8")).toContain(words);
  }
});

test("a web site is crawled within its depth, its limit and its patterns", async () => {
  const pages: Record<string, string> = {
    "/": '<h1>Start</h1><a href="/docs/a">a</a><a href="/blog/x">x</a><script>hidden()</script>',
    "/docs/a": '<p>A &amp; B</p><a href="/docs/b">b</a><a href="https://example.com/">out</a>',
    "/docs/b": "<p>B</p>",
    "/blog/x": "<p>X</p>",
  };
  const site = http.createServer((request, response) => {
    const page = pages[request.url!];
    response.writeHead(page ? 200 : 404).end(page);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const starting_url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  const crawl = async (name: string, more: object) => {
    const source = await client.createSource({
      database_name: "db",
      web_scrape: { starting_url: `${starting_url}?${name}`.replace("?all", ""), ...more },
    });
    const id = await client.createInvocation(source, { target_collection_name: name });
    finish();
    while (["pending", "processing"].includes((await client.getInvocation(id)).status as string)) finish();
    expect((await client.getInvocation(id)).status).toHaveProperty("complete");
    const { chunks } = await collection(name);
    return chunks.map(({ metadata }) => new URL(metadata.document_key as string).pathname);
  };
  pages["/?deep"] = pages["/?few"] = pages["/?some"] = pages["/"]!;
  expect(await crawl("all", {})).toEqual(["/", "/docs/a", "/blog/x", "/docs/b"]);
  expect(await crawl("deep", { max_depth: 1 })).toEqual(["/", "/docs/a", "/blog/x"]);
  expect(await crawl("few", { page_limit: 2 })).toEqual(["/", "/docs/a"]);
  expect(await crawl("some", { include_path_regexes: ["^/docs/"], exclude_path_regexes: ["b$"] })).toEqual([
    "/",
    "/docs/a",
  ]);
  site.close();
});

test("what cannot be read fails the job in words: no page, another host, not UTF-8, a document", async () => {
  fs.writeFileSync(path.join(folder, "p/binary"), Buffer.from([0xff, 0xfe, 0]));
  fs.writeFileSync(path.join(folder, "p/a.pdf"), "%PDF");
  const elsewhere = await client.createSource({
    database_name: "db",
    web_scrape: { starting_url: "https://example.com/" },
  });
  const failing: [string, Promise<string>][] = [
    ["unreachable", client.createInvocation(WEB, { target_collection_name: "web" })],
    ["not on loopback", client.createInvocation(elsewhere, { target_collection_name: "else" })],
    ["not UTF-8", object({ object_key: "p/binary" })],
    ["document parser", object({ object_key: "p/a.pdf" })],
    ["does not exist", object({ object_key: "p/../../etc/passwd" })],
    ["was renamed", branch("docs")],
  ];
  for (const [words, started] of failing) {
    const id = await started;
    finish();
    while (["pending", "processing"].includes((await client.getInvocation(id)).status as string)) finish();
    expect(JSON.stringify((await client.getInvocation(id)).status)).toContain(words);
  }
});
