import { createHash } from "node:crypto";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { chunksIn, ended, send } from "./context.js";

const TEXT = Array.from({ length: 25 }, (_, line) => `line ${line}\n`).join("");
let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ token: "k", pendingMs: 0, processingMs: 0 });
});
afterEach(() => emulator.close());

/** An upload, with these fields before its file. */
function upload(fields: Record<string, string>, name = "a.txt") {
  const form = new FormData();
  for (const [field, value] of Object.entries({ database_name: "db", collection_name: "files", ...fields }))
    form.append(field, value);
  form.append("file", new File([TEXT], name));
  const headers = { "x-chroma-token": "k", "x-upload-content-length": String(TEXT.length) };
  return send(emulator, "POST", "/api/v1/add-file", form, headers);
}

test.each([
  ["metadata that is nested", { metadata: '{"a":{"b":1}}' }],
  ["metadata that is a list", { metadata: "[1]" }],
  ["metadata that is a string", { metadata: '"text"' }],
  ["metadata of a mixed list", { metadata: '{"a":[1,"b"]}' }],
  ["metadata that is not JSON", { metadata: "{a:1}" }],
  ["a reserved key of metadata", { metadata: '{"chroma_x":1}' }],
  ["a key of metadata that begins with #", { metadata: '{"#a":1}' }],
  ["metadata above 16 KiB", { metadata: JSON.stringify({ a: "x".repeat(16 * 1024) }) }],
  ["two dots in the collection's name", { collection_name: "a..b" }],
  ["a collection's name of two letters", { collection_name: "ab" }],
  ["an embedding that is not offered", { embedding: '{"dense":{"model":"openai/ada"}}' }],
  ["chunking of another kind", { chunking: '{"type":"words"}' }],
  ["a custom id of 121 characters", { custom_id: "x".repeat(121) }],
])("an upload with %s is 400", async (_what, fields) => {
  expect((await upload(fields)).status).toBe(400);
  expect((await upload({ metadata: '{"a":["b","c"],"d":null,"e":1}' })).status).toBe(201);
});

test("a field that is given twice is 400: the second would come after what the first allowed", async () => {
  const form = new FormData();
  for (const name of ["database_name", "collection_name", "collection_name"]) form.append(name, "files");
  form.append("file", new File(["text"], "a.txt"));
  const headers = { "x-chroma-token": "k", "x-upload-content-length": "4" };
  expect((await send(emulator, "POST", "/api/v1/add-file", form, headers)).status).toBe(400);
});

test("an upload is split as it asks", async () => {
  await upload({
    chunking: '{"type":"lines","max_lines":5}',
    custom_id: "five",
    metadata: '{"team":"docs"}',
  });
  await upload({ chunking: '{"type":"lines","max_size_bytes":16}', custom_id: "bytes" });
  await upload({});
  expect(await ended(emulator)).toHaveProperty("complete");
  const lines = new Map<string, number[]>();
  for (const { id, metadata } of await chunksIn(emulator, "files")) {
    const prefix = id.replace(/-\d+$/, "");
    lines.set(prefix, [...(lines.get(prefix) ?? []), metadata.end_line as number]);
    if (prefix === "five") expect(metadata).toMatchObject({ custom_id: "five", team: "docs" });
  }
  const unnamed = createHash("sha256").update("a.txt").digest("hex");
  expect(lines.get("five")).toEqual([5, 10, 15, 20, 25]);
  expect(lines.get("bytes")!.slice(0, 3)).toEqual([2, 4, 6]);
  expect(lines.get(unnamed)).toEqual([10, 20, 25]);
});

test("the source of uploads has the embedding and chunking that the document gives it", async () => {
  await upload({ embedding: '{"dense":{"model":"Qwen/Qwen3-Embedding-0.6B"}}' });
  const [source] = (await send(emulator, "GET", "/api/v1/sources")).body;
  expect(source).toMatchObject({
    database_name: "db",
    file_upload: {},
    chunking: { type: "tree_sitter" },
    embedding: {
      dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: { task_name: "generic_retrieval" } },
      sparse: { model: "prithivida/Splade_PP_en_v1" },
    },
  });
  expect((await upload({ database_name: "other" })).status).toBe(201);
  expect((await send(emulator, "GET", "/api/v1/sources")).body).toHaveLength(2);
});
