import * as fs from "node:fs";
import * as path from "node:path";
import { ChromaSyncClient } from "../../src/api/index.js";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const temporary = temporaryFolder();
const warnings: string[] = [];
let folder: string;
let data: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(temporary, "data-"));
  data = path.join(folder, "state.jsonl");
  fs.writeFileSync(path.join(folder, "a"), "text\n");
  warnings.length = 0;
});

const sources = [
  { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
  { id: GITHUB, database_name: "db", github: { repository: "a/b" } },
];
const repository = path.join(__dirname, "../..");

/** Runs something against an emulator on the file. */
async function run<T>(
  what: (client: ChromaSyncClient, emulator: Awaited<ReturnType<typeof startEmulator>>) => Promise<T>,
  options: EmulatorOptions = {},
): Promise<T> {
  const seed = { buckets: { b: folder }, repositories: { "a/b": repository }, sources };
  const emulator = await startEmulator({
    token: "k",
    data,
    seed,
    pendingMs: 0,
    processingMs: 0,
    warn: (sentence) => warnings.push(sentence),
    ...options,
  });
  const client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k", retries: 0 });
  try {
    return await what(client, emulator);
  } finally {
    await client.close();
    await emulator.close();
  }
}
const create = (client: ChromaSyncClient) => client.createInvocation(S3, { object_key: "a" });
const chunks = async (url: string, name: string) =>
  ((await (await fetch(`${url}/_emulator/collections/${name}`)).json()) as { chunks?: { id: string }[] })
    .chunks;

test("with a file the state survives a restart, whole", async () => {
  const before = await run(async (client, emulator) => {
    const done = await create(client);
    await client.getInvocation(done);
    emulator.behaviour.pendingMs = 600_000;
    const open = await create(client);
    const cancelled = await create(client);
    await client.cancelInvocation(cancelled);
    const source = await client.createSource({ database_name: "db", github: { repository: "c/d" } });
    return { done, open, cancelled, source, chunks: await chunks(emulator.url, "objects") };
  });
  await run(
    async (client, emulator) => {
      const { done, open, cancelled, source } = before;
      const listed = await client.listInvocations({ source_id: S3 });
      expect(listed.map(({ id }) => id)).toEqual([cancelled, open, done]);
      expect(listed.map(({ status }) => status)).toEqual([
        "cancelled",
        "pending",
        { complete: expect.anything() },
      ]);
      expect((await client.getSource(source)).github?.repository).toBe("c/d");
      expect(before.chunks).toHaveLength(1);
      expect(await chunks(emulator.url, "objects")).toEqual(before.chunks);
    },
    { pendingMs: 600_000 },
  );
  expect(fs.readdirSync(folder).sort()).toEqual(["a", "state.jsonl"]);
});

test("so do a deleted source, its jobs, a finished collection and one that was deleted", async () => {
  const target = { target_collection_name: "code", ref_identifier: { branch: "HEAD" } };
  const job = await run(async (client, emulator) => {
    const id = await client.createInvocation(GITHUB, target);
    await client.getInvocation(id);
    await client.createInvocation(GITHUB, { ...target, target_collection_name: "gone" });
    expect(await chunks(emulator.url, "gone")).toBeDefined();
    await fetch(`${emulator.url}/_emulator/collections/gone`, { method: "DELETE" });
    await client.deleteSource(S3);
    return id;
  });
  for (let restart = 0; restart < 2; restart++)
    await run(
      async (client, emulator) => {
        expect((await client.getInvocation(job)).status).toMatchObject({ complete: {} });
        await expect(client.createInvocation(GITHUB, target)).rejects.toMatchObject({ status: 409 });
        await expect(client.getSource(S3)).rejects.toMatchObject({ status: 404 });
        expect(await chunks(emulator.url, "gone")).toBeUndefined();
      },
      { seed: { repositories: { "a/b": repository } } },
    );
});

test("an upload that is pending survives, with its file, and leaves none behind", async () => {
  const upload = (client: ChromaSyncClient) =>
    client.addFile({ database_name: "db", collection_name: "files", file: path.join(folder, "a") });
  const id = await run(upload, { pendingMs: 600_000 });
  expect(fs.readdirSync(`${data}.uploads`)).toHaveLength(1);
  await run(async (client, emulator) => {
    expect((await client.getInvocation(id)).status).toMatchObject({ complete: {} });
    expect(await chunks(emulator.url, "files")).toHaveLength(1);
  });
  expect(fs.readdirSync(`${data}.uploads`)).toEqual([]);
});

test("what was written is appended, and a reply waits until it is", async () => {
  await run(
    async (client) => {
      const inode = fs.statSync(data).ino;
      for (let n = 0; n < 20; n++) {
        const id = await create(client);
        expect(fs.readFileSync(data, "utf8")).toContain(id);
      }
      const size = fs.statSync(data).size;
      await client.listInvocations();
      await client.listInvocations();
      expect([fs.statSync(data).ino, fs.statSync(data).size]).toEqual([inode, size]);
    },
    { pendingMs: 600_000 },
  );
});

test("a record that a crash cut off is dropped with a sentence, at whatever byte it was cut", async () => {
  await run(create, { pendingMs: 600_000 });
  const whole = fs.readFileSync(data);
  const last = whole.lastIndexOf("\n", whole.length - 2) + 1;
  for (const end of [last + 1, last + 20, whole.length - 1]) {
    fs.writeFileSync(data, whole.subarray(0, end));
    warnings.length = 0;
    await run(async (client) => expect(await client.listInvocations()).toEqual([]));
    expect(warnings).toEqual([
      `${data}: the last ${end - last} bytes are an incomplete record, which was being written when the emulator ` +
        "was stopped. It was never acknowledged; it is dropped.",
    ]);
  }
  warnings.length = 0;
  fs.writeFileSync(data, Buffer.concat([whole, Buffer.alloc(4096)]));
  await run(async (client) => expect(await client.listInvocations()).toHaveLength(1));
  expect(warnings).toEqual([expect.stringContaining("the last 4096 bytes")]);
});

test.each([
  [
    "damaged before its end",
    (text: string) => text.replace("\n", '\n["job",{"id":"x\n'),
    /line 2 is not a record/,
  ],
  ["of another program", () => '{"name":"package"}\n', /not a data file of chroma-sync-emulator/],
  ["no text", () => "\0\0\0", /not a data file of chroma-sync-emulator/],
])("a file that is %s is an error at the start, and stays as it is", async (_title, change, message) => {
  await run(create);
  const text = change(fs.readFileSync(data, "utf8"));
  fs.writeFileSync(data, text);
  await expect(run(create)).rejects.toThrow(message);
  expect(fs.readFileSync(data, "utf8")).toBe(text);
  expect(fs.readdirSync(folder).sort()).toEqual(["a", "state.jsonl"]);
});

test.each([
  ["in a folder that does not exist", () => path.join(folder, "no/state"), /folder .*no does not exist/],
  ["that is a folder", () => folder, /is not a regular file/],
  ["that is a device", () => "/dev/full", /is not a regular file/],
  ["that cannot be written", () => "/proc/self/state", /ENOENT|EACCES|EPERM/],
])("a file %s is an error at the start", async (_title, file, message) => {
  await expect(run(create, { data: file() })).rejects.toThrow(message);
});

test("an empty file is a new one, and a link to a file stays one", async () => {
  fs.writeFileSync(path.join(folder, "real"), "");
  fs.symlinkSync("real", data);
  const id = await run(create);
  expect(fs.readlinkSync(data)).toBe("real");
  await run(async (client) => expect(await client.getInvocation(id)).toMatchObject({ id }));
});

test("a second emulator on the file is refused, by whatever name, until the first has ended", async () => {
  fs.symlinkSync("state.jsonl", path.join(folder, "other"));
  await run(async () => {
    for (const name of ["state.jsonl", "other"])
      await expect(run(create, { data: path.join(folder, name) })).rejects.toThrow(
        /in use by another emulator/,
      );
  });
  await run(create);
});

test("a text of 10 MB is kept, in lines that are not as long", async () => {
  fs.writeFileSync(path.join(folder, "large"), "a line of the large text\n".repeat(400_000));
  const count = (client: ChromaSyncClient, url: string) =>
    client.listInvocations().then(() => chunks(url, "objects"));
  const before = await run(async (client, emulator) => {
    await client.getInvocation(await client.createInvocation(S3, { object_key: "large" }));
    return (await count(client, emulator.url))!.length;
  });
  expect(before).toBeGreaterThan(1000);
  for (let restart = 0; restart < 2; restart++)
    await run(async (client, emulator) => expect(await count(client, emulator.url)).toHaveLength(before));
  const longest = Math.max(
    ...fs
      .readFileSync(data, "utf8")
      .split("\n")
      .map((line) => line.length),
  );
  expect(longest).toBeLessThan(1_000_000);
});

test("an error of the start leaves no lock behind", async () => {
  await run(create);
  await run(async (_client, emulator) => {
    const port = Number(new URL(emulator.url).port);
    const other = path.join(folder, "other");
    await expect(run(create, { data: other, port })).rejects.toThrow(/EADDRINUSE/);
    await run(create, { data: other });
  });
});
