import fs from "node:fs";
import { decodeBatchRecords } from "../../../src/model/batch-encoding.js";
import { UNKNOWN } from "../../../src/model/unknown.js";
import { files } from "../../../src/provider/files/index.js";
import { temporaryFolder } from "../context.js";
import { PLACE, up, uploads } from "../file/context.js";

const test_ = uploads();
const { write, jobs, context, place } = test_;
const journal = temporaryFolder();

const uploaded = () => jobs().map(({ metadata }) => metadata.file_upload?.custom_id);
const GIVEN = () => ({ ...PLACE, folder: place("docs"), prefix: "handbook/" });
function writeDocs() {
  write("docs/a.md", "one");
  write("docs/b/index.md", "two");
  write("docs/index.md", "three");
  write("docs/.git/config", "x");
}

test("each file of a folder is uploaded once, and again only if its content changes", async () => {
  writeDocs();
  const at = context();
  const first = await up(files, at, { ...GIVEN(), waitForCompletion: true });
  expect(uploaded().sort()).toEqual(["handbook/a.md", "handbook/b/index.md", "handbook/index.md"]);
  expect(first.state).toMatchObject({ ...PLACE, counts: { total: 3, complete: 3 }, failures: {} });
  expect(at.lines[0]).toBe(
    "3 new, 0 changed, 0 removed, 0 unchanged\n+ handbook/a.md\n+ handbook/b/index.md\n+ handbook/index.md",
  );
  const second = await up(files, context(), { ...GIVEN(), waitForCompletion: true }, first);
  expect(second.does).toBe("nothing");

  write("docs/b/index.md", "other");
  write("docs/c.md", "new");
  fs.rmSync(place("docs/a.md"));
  const later = context();
  const third = await up(files, later, { ...GIVEN(), waitForCompletion: true }, first);
  expect(later.lines[0]).toBe(
    "1 new, 1 changed, 1 removed, 1 unchanged\n+ handbook/c.md\n~ handbook/b/index.md content\n- handbook/a.md",
  );
  expect(uploaded().slice(3).sort()).toEqual(["handbook/b/index.md", "handbook/c.md"]);
  const names = decodeBatchRecords(third.state.records as string).map(({ objectKey }) => objectKey);
  expect(names).toEqual(["handbook/b/index.md", "handbook/c.md", "handbook/index.md"]);
});

test("names, custom ids and metadata arrive as documents of their own", async () => {
  const long = `${"d".repeat(100)}/${"ä".repeat(40)}.md`;
  write(`docs/${long}`, "one");
  write("docs/a.md", "two");
  await up(files, context(), {
    ...PLACE,
    folder: place("docs"),
    metadata: { team: "docs" },
    include: "**/*.md",
  });
  const [one, two] = jobs()
    .map(({ metadata }) => metadata.file_upload!)
    .sort((a, b) => (String(a.filename) < String(b.filename) ? -1 : 1));
  expect(one).toEqual({ filename: "a.md", custom_id: "a.md", additional_metadata: { team: "docs" } });
  expect(Buffer.byteLength(String(two!.custom_id))).toBeLessThanOrEqual(120);
  expect(two!.custom_id).toMatch(/^d{94}-[\w-]{22}$/);
});

test.each([
  ["another collection", { collectionName: "others" }, "creates"],
  ["another chunking", { chunking: { type: "tree_sitter" } }, "creates"],
  ["other metadata", { metadata: { a: 1 } }, "updates"],
  ["another trigger", { triggers: { a: "2" } }, "updates"],
])("%s uploads all files again", async (_what, change, does) => {
  writeDocs();
  const given = { ...GIVEN(), triggers: { a: "1" } };
  const first = await up(files, context(), given);
  expect((await up(files, context(), { ...given, ...change }, first)).does).toBe(does);
  expect(jobs()).toHaveLength(6);
});

test("another place of the same folder and other settings upload nothing", async () => {
  writeDocs();
  const first = await up(files, context(), GIVEN());
  fs.cpSync(place("docs"), place("copy"), { recursive: true });
  const change = { folder: place("copy"), concurrency: 2, exclude: ["nothing"], onRemoved: "cancel" };
  expect((await up(files, context(), { ...GIVEN(), ...change }, first)).does).toBe("updates");
  expect(jobs()).toHaveLength(3);
});

test.each<[string, object, () => void, string, RegExp]>([
  [
    "a folder that is missing",
    { folder: "missing" },
    () => {},
    "folder",
    /missing does not exist: pass a folder/,
  ],
  [
    "a folder without a file",
    {},
    () => fs.mkdirSync(place("docs")),
    "folder",
    /No file of .*docs is included/,
  ],
  [
    "an empty file",
    {},
    () => void write("docs/b.md", ""),
    "folder",
    /"b\.md" is empty: the service takes files/,
  ],
  ["a glob that is a number", { include: 1 }, writeDocs, "include", /must be a glob or a list of globs/],
  ["an unknown input", { includes: "x" }, writeDocs, "includes", /did you mean include\?/],
])("%s is a failure of the check", async (_what, change, make, property, reason) => {
  make();
  const { failures } = await up(files, context(), { ...GIVEN(), ...change });
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  expect(test_.emulator.requests).toHaveLength(0);
});

test("files above the limit are all named, before anything is sent", async () => {
  for (const name of ["a.bin", "b.bin"]) fs.truncateSync(write(`docs/${name}`, ""), 209_715_201);
  const { failures } = await up(files, context(), GIVEN());
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^"a\.bin" has 209,715,201 bytes/),
    expect.stringMatching(/^"b\.bin" has 209,715,201 bytes/),
  ]);
});

test("what is not known yet passes, and a file that cannot be uploaded leaves the others", async () => {
  const { failures, inputs } = { failures: [], inputs: files.withContent!({ ...PLACE, folder: UNKNOWN }) };
  expect(failures).toEqual([]);
  expect(await files.check(context(), "urn", {}, inputs)).toEqual([]);
  writeDocs();
  const at = context();
  const read = files.inputs(files.withContent!(GIVEN()));
  write("docs/a.md", "changed since");
  await expect(files.create(at, "urn", read)).rejects.toThrow(
    /1 not started \(handbook\/a\.md\): .*a\.md has changed since it was hashed: run `pulumi up` again/,
  );
  expect(uploaded().sort()).toEqual(["handbook/b/index.md", "handbook/index.md"]);
});

test("lost answers, limits and resets: each file is uploaded once", async () => {
  for (let index = 0; index < 30; index++) write(`docs/${index}.md`, `# ${index}`);
  const add = (kind: "reset-after" | "reset-before" | "garbage-json" | "status", times: number) =>
    test_.emulator.faults.add({ operation: "add_file", kind, times, status: 429, probability: 0.5 });
  for (const kind of ["reset-after", "reset-before", "garbage-json", "status"] as const) add(kind, 5);
  const { state } = await up(files, context(), { ...GIVEN(), concurrency: 4 });
  expect(state.counts).toMatchObject({ total: 30 });
  expect(new Set(uploaded()).size).toBe(30);
  expect(jobs()).toHaveLength(30);
}, 60_000);

test("a run that was killed in the middle: the next one uploads the rest, and nothing twice", async () => {
  for (let index = 0; index < 20; index++) write(`docs/${index}.md`, `# ${index}`);
  const settings = { "chroma-sync:journal": journal, "chroma-sync:timeoutSeconds": "1" };
  const at = context(settings);
  const client = at.client();
  const addFile = client.addFile.bind(client);
  let sent = 0;
  jest.spyOn(client, "addFile").mockImplementation(async (options) => {
    const mine = sent++;
    if (mine >= 12) return new Promise(() => undefined);
    const id = await addFile(options);
    return mine % 3 === 0 ? new Promise(() => undefined) : id;
  });
  const inputs = files.inputs(files.withContent!({ ...GIVEN(), concurrency: 20 }));
  const urn = "urn:pulumi:dev::test::type::docs";
  void files.create(at, urn, inputs);
  while (jobs().length < 12) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { state } = await up(files, context(settings), { ...GIVEN(), concurrency: 20 });
  expect(state.counts).toMatchObject({ total: 20 });
  expect(jobs()).toHaveLength(20);
  expect(new Set(uploaded()).size).toBe(20);
}, 60_000);

test("the row counts files and bytes", async () => {
  for (let index = 0; index < 4; index++) write(`docs/${index}.bin`, Buffer.alloc(1_500_000, index));
  const at = context();
  await up(files, at, GIVEN());
  expect(at.lines.at(-1)).toMatch(/^uploaded 4\/4 · 5\.7 MiB of 5\.7 MiB/);
});

test("deleting cancels what is pending, and files that failed are uploaded again if asked to", async () => {
  writeDocs();
  test_.emulator.behaviour.pendingMs = 60_000;
  const first = await up(files, context(), GIVEN());
  await files.delete(context(), String(first.state.batchId), first.state);
  expect(test_.emulator.jobs().map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
  const seen = await files.read(context(), String(first.state.batchId), first.state);
  expect(seen).toMatchObject({ ...PLACE, counts: { cancelled: 3 } });
  test_.emulator.behaviour.pendingMs = 0;
  await up(files, context(), { ...GIVEN(), retryFailed: true }, { inputs: first.inputs, state: seen! });
  expect(jobs()).toHaveLength(6);
});
