import * as fs from "node:fs";
import * as path from "node:path";
import { costOf, PRICES } from "../../src/emulator/cost.js";
import { createState } from "../../src/emulator/state.js";
import type { StoredJob } from "../../src/emulator/stored.js";
import { volumeOf } from "../../src/emulator/sync/volume.js";

const GIB = 2 ** 30;
const behaviour = {
  ...{ tokens: [], memberTokens: [], pendingMs: 0, processingMs: 0, maxInFlight: 1 },
  now: () => 0,
};
const state = createState({}, behaviour, () => ({}));

test("the prices are those of docs/cost.md", () => {
  const page = fs.readFileSync(path.join(__dirname, "../../docs/cost.md"), "utf8");
  const price = (row: RegExp) =>
    Number(new RegExp(`^\\| ${row.source}[^|]*\\| ([0-9.]+)`, "m").exec(page)?.[1]);
  expect(PRICES).toEqual({
    processingPerGiB: price(/processing/),
    page: price(/a page of a web site/),
    writingPerGiB: price(/writing to the collection/),
    storagePerGiBMonth: price(/storage/),
    fork: price(/a fork/),
  });
  expect(price(/a page of a document/)).toBe(PRICES.page);
});

const volume = { documents: 1, bytes: GIB, pages: 3, chunks: 1, written: 2 * GIB };
const job = (source: object, more: object = {}) =>
  ({ sourceId: "s", source, status: { complete: {} }, volume, ...more }) as StoredJob;

test("a sync costs what was read, its pages, what was written, and a fork from the second commit on", () => {
  const first = job({ github: { repository: "a/b" } });
  const second = job({ github: { repository: "a/b" } });
  state.jobsOfSource.set("s", [first, second]);
  expect(costOf(state, first)).toEqual({
    ...{ processing: 0.04, pages: 0.03, writing: 5, fork: 0 },
    total: expect.closeTo(5.07),
    storagePerMonth: 0.66,
  });
  expect(costOf(state, second)).toMatchObject({ fork: 0.03, total: expect.closeTo(5.1) });
  expect(costOf(state, job({ s3: {} }))).toMatchObject({ fork: 0 });
});

test.each([
  "pending",
  "processing",
  "cancelled",
  { failed: { error: "x" } },
])("%j costs nothing", (status) => {
  expect(costOf(state, job({ s3: {} }, { status }))).toBeUndefined();
});

test.each([
  [{ web_scrape: null }, "http://127.0.0.1/", 1],
  [{ s3: {} }, "a.md", 0],
  [{ s3: {} }, "a.HTML", 1],
  [{ file_upload: {} }, "a.csv", 1],
  [{ github: {} }, "a.html", 0],
])("of %j, %s counts as %i pages", (kind, key, pages) => {
  const document = { key, version: "v", text: "four" };
  const chunk = { id: "i", document: "four", metadata: {} };
  expect(volumeOf(kind, [document], [chunk])).toEqual({
    ...{ documents: 1, bytes: 4, pages, chunks: 1 },
    written: 4 + 2 + 4096,
  });
});
