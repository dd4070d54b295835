import * as path from "node:path";
import { outsideJest } from "../support/outside-jest.js";
import type { Found } from "./explorer/explore.js";

// docs/exactly-once.md states what this proves.
test("in all histories of three runs with up to three events nothing is doubled or lost", async () => {
  const found = await outsideJest<Found>(path.join(__dirname, "explorer/main.ts"));
  console.log(JSON.stringify({ ...found, failures: found.failures.length }));
  expect(found.failures.map(({ what }) => what)).toEqual([]);
  expect(found.histories).toBeGreaterThan(20_000);
});

test("nor in those with files in the place of objects, with up to two events", async () => {
  const found = await outsideJest<Found>(path.join(__dirname, "explorer/uploads-main.ts"));
  console.log(JSON.stringify({ ...found, failures: found.failures.length }));
  expect(found.failures.map(({ what }) => what)).toEqual([]);
  expect(found.histories).toBeGreaterThan(1000);
});
