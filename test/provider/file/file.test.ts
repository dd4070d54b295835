import fs from "node:fs";
import { file } from "../../../src/provider/file/index.js";
import { temporaryFolder } from "../context.js";
import { PLACE, up, uploads } from "./context.js";

const test_ = uploads();
const { write, jobs, context } = test_;
const journal = temporaryFolder();

test("a file is uploaded once, with all that the API document names", async () => {
  const given = {
    ...PLACE,
    file: write("guide.md", "# Guide\n"),
    customId: "guide",
    metadata: { team: "docs" },
    chunking: { type: "lines", maxLines: 10 },
    embedding: { dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: { taskName: "nl_to_code" } } },
    contentType: "text/markdown",
    waitForCompletion: true,
  };
  const first = await up(file, context(), given);
  expect(first.state).toMatchObject({
    ...PLACE,
    filename: "guide.md",
    status: "complete",
    contentHash: expect.stringMatching(/^[\w-]{43}$/),
    finishedAt: expect.any(String),
  });
  expect(first.state).not.toHaveProperty("file");
  expect(jobs()).toHaveLength(1);
  expect(jobs()[0]!.metadata).toMatchObject({
    collection_name: "docs",
    file_upload: { filename: "guide.md", custom_id: "guide", additional_metadata: { team: "docs" } },
  });
  const second = await up(file, context(), given, first);
  expect(second.does).toBe("nothing");
  expect(jobs()).toHaveLength(1);
});

test("the content decides: another path to the same is nothing, another content is another upload", async () => {
  const first = await up(file, context(), { ...PLACE, file: write("a/guide.md", "one") });
  const moved = await up(file, context(), { ...PLACE, file: write("b/guide.md", "one") }, first);
  expect(moved.does).toBe("nothing");
  fs.utimesSync(write("b/guide.md", "one"), 1, 1);
  expect((await up(file, context(), { ...PLACE, file: test_.place("b/guide.md") }, first)).does).toBe(
    "nothing",
  );
  const changed = await up(file, context(), { ...PLACE, file: write("b/guide.md", "two") }, first);
  expect(changed.difference).toEqual({ changes: true, replaces: ["contentHash"], changed: ["contentHash"] });
  expect(changed.state.invocationId).not.toBe(first.state.invocationId);
  expect(jobs()).toHaveLength(2);
});

test.each([
  ["collectionName", { collectionName: "others" }, "creates"],
  ["filename", { filename: "other.md" }, "creates"],
  ["customId", { customId: "x" }, "creates"],
  ["metadata", { metadata: { a: 1 } }, "creates"],
  ["chunking", { chunking: { type: "tree_sitter" } }, "creates"],
  ["triggers", { triggers: { a: "2" } }, "creates"],
  ["waitForCompletion", { waitForCompletion: { onTimeout: "warn" } }, "updates"],
  ["cancelOnDelete", { cancelOnDelete: false }, "updates"],
  ["provenance", { provenance: true }, "updates"],
])("a change of %s", async (_name, change, does) => {
  const given = { ...PLACE, file: write("a.md", "one"), triggers: { a: "1" } };
  const first = await up(file, context(), given);
  const second = await up(file, context(), { ...given, ...change }, first);
  expect(second.does).toBe(does);
  expect(jobs()).toHaveLength(does === "creates" ? 2 : 1);
});

test("assets are uploaded by what they name, and a text needs a filename", async () => {
  const first = await up(file, context(), { ...PLACE, file: { path: write("a.md", "one") } });
  expect(first.state).toMatchObject({ filename: "a.md" });
  const text = await up(file, context(), { ...PLACE, file: { text: "one" }, filename: "a.md" }, first);
  expect(text.does).toBe("nothing");
  const nameless = await up(file, context(), { ...PLACE, file: { text: "one" } });
  expect(nameless.failures).toEqual([
    { property: "filename", reason: "is required for a text: name the document, such as guide.md" },
  ]);
});

test("a preview says what is uploaded, how large it is, and where to", async () => {
  const given = { ...PLACE, file: write("guide.pdf", Buffer.alloc(3_500_000, 1)) };
  const at = context();
  await up(file, at, given);
  expect(at.lines[0]).toBe("uploads guide.pdf, 3.3 MiB, into docs");
});

describe("what the service would refuse is said at the check, before anything is sent", () => {
  const large = () => {
    const place = write("large.bin", "");
    fs.truncateSync(place, 209_715_201);
    return place;
  };
  test.each<[string, () => unknown, RegExp]>([
    [
      "above 200 MiB",
      large,
      /large\.bin has 209,715,201 bytes: the service takes files of 1 to 209,715,200 bytes \(200 MiB\)/,
    ],
    ["empty", () => write("empty", ""), /empty is empty: the service takes files of 1/],
    ["an empty text", () => ({ text: "" }), /The text is empty/],
    ["missing", () => test_.place("missing.md"), /missing\.md does not exist: pass a file/],
    ["a folder", () => test_.place(""), /is not a file/],
    ["remote", () => ({ uri: "https://a.example/b" }), /What is elsewhere, and an archive, is not uploaded/],
    ["an archive", () => ({ archive: true }), /What is elsewhere, and an archive, is not uploaded/],
    ["absent", () => undefined, /is required: it must be the path of a file/],
  ])("a file that is %s", async (_what, make, reason) => {
    const { failures } = await up(file, context(), { ...PLACE, file: make(), filename: "a.md" });
    expect(failures).toEqual([{ property: "file", reason: expect.stringMatching(reason) }]);
    expect(test_.emulator.requests).toHaveLength(0);
  });

  test("metadata that is too large, and a database that does not exist", async () => {
    const given = { ...PLACE, file: write("a.md", "one") };
    const { failures } = await up(file, context(), { ...given, metadata: { a: "x".repeat(16_384) } });
    expect(failures).toEqual([
      {
        property: "metadata",
        reason: "has 16,392 bytes as JSON, and an upload takes up to 16,384: shorten it",
      },
    ]);
    const missing = await up(file, context(), { ...given, databaseName: "missing" });
    expect(missing.failures).toEqual([
      {
        property: "databaseName",
        reason: expect.stringContaining("is not known to the service: create the database first"),
      },
    ]);
  });

  test("of a file that is done nothing is asked", async () => {
    const given = { ...PLACE, file: write("a.md", "one") };
    const first = await up(file, context(), given);
    const before = test_.emulator.requests.length;
    await up(file, context(), given, first);
    expect(test_.emulator.requests).toHaveLength(before);
  });
});

describe("exactly once", () => {
  const create = (given: object, settings = {}) => up(file, context(settings), { ...PLACE, ...given });

  test.each([
    "reset-after",
    "garbage-json",
  ] as const)("%s: the answer is lost and the upload is found", async (kind) => {
    test_.emulator.faults.add({ operation: "add_file", kind, times: 1 });
    const { state } = await create({ file: write("a.md", "one") });
    expect(jobs().map(({ id }) => id)).toEqual([state.invocationId]);
  });

  test("reset-before: it is sent again once nothing is listed", async () => {
    test_.emulator.faults.add({ operation: "add_file", kind: "reset-before", times: 1 });
    const { state } = await create({ file: write("a.md", "one") });
    expect(jobs().map(({ id }) => id)).toEqual([state.invocationId]);
  });

  test("429 is waited for, and the body is sent anew", async () => {
    test_.emulator.faults.add({ operation: "add_file", kind: "status", status: 429, times: 2 });
    await create({ file: write("a.md", "one") });
    expect(jobs()).toHaveLength(1);
  });

  test("a run that was killed after the answer: the next one finds the upload in the journal", async () => {
    const settings = { "chroma-sync:journal": journal };
    const given = { file: write("a.md", "one") };
    const first = await create(given, settings);
    const second = await create(given, settings);
    expect(second.state.invocationId).toBe(first.state.invocationId);
    expect(jobs()).toHaveLength(1);
  });

  test("an upload of somebody else that looks the same is not adopted", async () => {
    const given = { file: write("a.md", "one") };
    const other = await create(given);
    test_.emulator.faults.add({ operation: "add_file", kind: "reset-before", times: 1 });
    const own = await create(given);
    expect(own.state.invocationId).not.toBe(other.state.invocationId);
    expect(jobs()).toHaveLength(2);
  });

  test("a service that lists nothing of the file: nothing is sent twice, and the error names the way out", async () => {
    const at = context();
    const { listInvocations } = at.client();
    jest.spyOn(at.client(), "listInvocations").mockImplementation(async (query) => {
      const listed = await listInvocations.call(at.client(), query);
      return listed.map((job) => ({ ...job, metadata: { collection_name: "docs" } }));
    });
    test_.emulator.faults.add({ operation: "add_file", kind: "reset-after", times: 1 });
    const given = { ...PLACE, file: write("a.md", "one") };
    await expect(up(file, at, given)).rejects.toThrow(
      /One of these may be it: [0-9a-f-]{36} .* To adopt the right one, set adoptInvocationId to its id/,
    );
    expect(jobs()).toHaveLength(1);
    const { getInvocation } = at.client();
    jest.spyOn(at.client(), "getInvocation").mockImplementation(async (id) => {
      const job = await getInvocation.call(at.client(), id);
      return { ...job, metadata: { collection_name: "docs" } };
    });
    const { state } = await up(file, at, { ...given, adoptInvocationId: jobs()[0]!.id });
    expect(state).toMatchObject({ invocationId: jobs()[0]!.id, adopted: true });
    expect(jobs()).toHaveLength(1);
  });

  test("with provenance another machine finds it", async () => {
    const given = { file: write("a.md", "one"), provenance: true };
    const first = await create(given);
    expect((await create(given)).state.invocationId).toBe(first.state.invocationId);
    await create({ ...given, file: write("a.md", "two") });
    expect(jobs()).toHaveLength(2);
  });

  test("a sync of a bucket with the same name is no upload", async () => {
    test_.emulator.faults.add({ operation: "add_file", kind: "reset-before", times: 1 });
    const at = context();
    const sourceId = await at.client().createSource({
      database_name: "db",
      s3: { bucket_name: "acme-docs", region: "us-east-1", collection_name: "docs", aws_credential_id: 1 },
    });
    const original = at.client().listInvocations;
    // It is listed only once the upload is in doubt.
    let lists = 0;
    jest.spyOn(at.client(), "listInvocations").mockImplementation(async (query) => {
      if (lists++ === 1) await at.client().createInvocation(sourceId, { object_key: "a.md" });
      return original.call(at.client(), query);
    });
    await up(file, at, { ...PLACE, file: write("a.md", "one") });
    expect(jobs().filter(({ metadata }) => metadata.file_upload)).toHaveLength(1);
  });
});

test("a file that changes between the check and the upload is not uploaded", async () => {
  const place = write("a.md", "one");
  const at = context();
  const inputs = file.withContent!({ ...PLACE, file: place });
  fs.writeFileSync(place, "eno");
  await expect(file.create(at, "urn", file.inputs(inputs))).rejects.toThrow(
    /a\.md has changed since it was hashed: run `pulumi up` again: nothing was uploaded\./,
  );
  fs.writeFileSync(place, "longer");
  await expect(file.create(at, "urn", file.inputs(inputs))).rejects.toThrow("nothing was uploaded.");
  fs.rmSync(place);
  await expect(file.create(at, "urn", file.inputs(inputs))).rejects.toThrow("does not exist");
  expect(jobs()).toHaveLength(0);
});

test("a lookup by id, and an import that the next update completes without an upload", async () => {
  const given = { ...PLACE, file: write("a.md", "one"), customId: "x", metadata: { team: "docs" } };
  const first = await up(file, context(), given);
  const read = await file.read(context(), String(first.state.invocationId), {});
  expect(read).toMatchObject({ ...PLACE, filename: "a.md", customId: "x", metadata: { team: "docs" } });
  const second = await up(file, context(), given, { inputs: read!, state: read! });
  expect(second.does).toBe("updates");
  expect(second.state).toMatchObject({ contentHash: first.state.contentHash });
  expect(jobs()).toHaveLength(1);
});

test("an upload is adopted by its id if it is the same", async () => {
  const given = { ...PLACE, file: write("a.md", "one") };
  const first = await up(file, context(), given);
  const adoptInvocationId = String(first.state.invocationId);
  const { state } = await up(file, context(), { ...given, adoptInvocationId });
  expect(state).toMatchObject({ invocationId: adoptInvocationId, adopted: true });
  await expect(up(file, context(), { ...given, customId: "other", adoptInvocationId })).rejects.toThrow(
    "does not match these inputs",
  );
  expect(jobs()).toHaveLength(1);
});

test("a large file is streamed: the memory does not grow with it", async () => {
  const place = write("large.bin", "");
  fs.truncateSync(place, 150 * 1024 * 1024);
  const before = process.memoryUsage();
  let most = 0;
  const timer = setInterval(() => {
    const { arrayBuffers } = process.memoryUsage();
    most = Math.max(most, arrayBuffers - before.arrayBuffers);
  }, 5);
  const { state } = await up(file, context(), { ...PLACE, file: place });
  clearInterval(timer);
  expect(state.status).toBe("pending");
  expect(most / 1024 / 1024).toBeLessThan(75);
}, 60_000);
