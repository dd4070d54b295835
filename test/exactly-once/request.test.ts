import type { CreateInvocationPayload, Job } from "../../src/api/index.js";
import { type Likeness, likeness, shownBy } from "../../src/provider/exactly-once/request.js";
import { pauses } from "../../src/provider/exactly-once/settle-time.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000002";

function compared(metadata: object, payload: CreateInvocationPayload, collection?: string): Likeness {
  const job = { id: SOURCE, created_at: "", status: "pending", metadata } as unknown as Job;
  return likeness(shownBy(job, SOURCE), { sourceId: SOURCE, payload, collection });
}

const s3 = (object_key: unknown, additional_metadata: unknown = null, custom_id: unknown = null) => ({
  s3: { object_key, custom_id, additional_metadata },
});
const github = (git_ref_identifier: unknown, collection_name: unknown = "docs") => ({
  collection_name,
  github: { git_ref_identifier },
});

const UPLOADS = "uploads:db";

function comparedUpload(metadata: object, payload: CreateInvocationPayload, collection = "docs"): Likeness {
  const job = { id: SOURCE, created_at: "", status: "pending", metadata } as unknown as Job;
  return likeness(shownBy(job, UPLOADS), { sourceId: UPLOADS, payload, collection });
}
const upload = (filename: unknown, custom_id: unknown = null, additional_metadata: unknown = null) => ({
  collection_name: "docs",
  file_upload: { filename, custom_id, additional_metadata },
});

test.each<[string, Likeness, object, CreateInvocationPayload]>([
  ["the same name", "same", upload("a.md"), { object_key: "a.md" }],
  ["another spelling of it", "same", upload("caf\u00e9.md"), { object_key: "cafe\u0301.md" }],
  ["a name without its folders", "same", upload("a.md"), { object_key: "b/a.md" }],
  [
    "a custom id, whatever the name",
    "same",
    upload("a.md", "b/a.md"),
    { object_key: "b/a.md", custom_id: "b/a.md" },
  ],
  ["another custom id", "other", upload("a.md", "b"), { object_key: "a.md", custom_id: "c" }],
  ["another name", "other", upload("b.md"), { object_key: "a.md" }],
  ["other metadata", "similar", upload("a.md", null, { x: 1 }), { object_key: "a.md" }],
  [
    "the same metadata",
    "same",
    upload("a.md", "i", { x: 1, custom_id: "i" }),
    { object_key: "a.md", custom_id: "i", metadata: { x: 1 } },
  ],
  ["nothing of the file", "similar", { collection_name: "docs" }, { object_key: "a.md" }],
  ["nothing at all", "similar", {}, { object_key: "a.md" }],
  [
    "nothing of the file, in another collection",
    "other",
    { collection_name: "others" },
    { object_key: "a.md" },
  ],
  ["a name that is a number", "similar", upload(7), { object_key: "a.md" }],
  [
    "a key of a bucket, which may be where the service keeps it",
    "similar",
    { collection_name: "docs", s3: { object_key: "a.md" } },
    { object_key: "a.md" },
  ],
  ["another collection", "similar", { ...upload("a.md"), collection_name: "others" }, { object_key: "a.md" }],
])("an upload that is listed with %s is %s", (_what, expected, metadata, payload) => {
  expect(comparedUpload(metadata, payload)).toBe(expected);
});

test.each<[string, Likeness, object, CreateInvocationPayload]>([
  ["the same key", "same", s3("a"), { object_key: "a" }],
  ["another spelling of the same characters", "same", s3("caf\u00e9"), { object_key: "cafe\u0301" }],
  ["another key", "other", s3("b"), { object_key: "a" }],
  [
    "metadata in another order",
    "same",
    s3("a", { y: 1, x: [2, 1] }),
    { object_key: "a", metadata: { x: [1, 2], y: 1 } },
  ],
  ["nulls in metadata", "same", s3("a", { x: null }), { object_key: "a" }],
  [
    "the custom id among the metadata",
    "same",
    s3("a", { custom_id: "c" }, "c"),
    { object_key: "a", custom_id: "c" },
  ],
  ["another metadata", "similar", s3("a", { x: 1 }), { object_key: "a" }],
  ["another custom id", "similar", s3("a", null, "c"), { object_key: "a" }],
  ["a key that is a number", "similar", s3(7), { object_key: "a" }],
  ["no metadata at all", "similar", {}, { object_key: "a" }],
  ["a repository", "other", github(null), { object_key: "a" }],
])("of an object: %s is %s", (_what, expected, metadata, payload) => {
  expect(compared(metadata, payload)).toBe(expected);
});

test.each<[string, Likeness, object, CreateInvocationPayload]>([
  ["the same commit", "same", github({ sha: "AB" }), { ref_identifier: { sha: "ab" } }],
  ["the same branch", "same", github({ branch: "main" }), { ref_identifier: { branch: "main" } }],
  ["the default branch by its name", "same", github({ branch: "main" }), {}],
  ["no ref", "same", github(null), {}],
  [
    "another commit into the same collection",
    "similar",
    github({ sha: "cd" }),
    { ref_identifier: { sha: "ab" } },
  ],
  [
    "the same commit into another collection",
    "similar",
    github({ sha: "ab" }, "other"),
    { ref_identifier: { sha: "ab" } },
  ],
  [
    "another commit into another collection",
    "other",
    github({ sha: "cd" }, "other"),
    { ref_identifier: { sha: "ab" } },
  ],
  ["a sha that is a number", "similar", github({ sha: 7 }), { ref_identifier: { sha: "ab" } }],
])("of a ref: %s is %s", (_what, expected, metadata, payload) => {
  expect(compared(metadata, { ...payload, target_collection_name: "docs" }, "docs")).toBe(expected);
});

test.each([0, 1, 1000, 60_000, 180_000])("pauses of %d ms add up to it, the first of them none", (total) => {
  const all = [...pauses(total)];
  expect(all[0]).toBe(0);
  expect(all.reduce((sum, pause) => sum + pause, 0)).toBe(total);
});
