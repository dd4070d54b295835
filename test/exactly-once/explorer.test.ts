import * as path from "node:path";
import { outsideJest } from "../support/outside-jest.js";
import type { Found } from "./explorer/explore.js";

// docs/exactly-once.md states what this proves.
test("in all histories of three runs with up to two events, and a share of those with three, nothing is doubled or lost", async () => {
  const { pairs, triples } = await outsideJest<{ pairs: Found; triples: Found }>(
    path.join(__dirname, "explorer/main.ts"),
  );
  console.log(JSON.stringify({ pairs: { ...pairs, failures: 0 }, triples: { ...triples, failures: 0 } }));
  expect([...pairs.failures, ...triples.failures].map(({ what }) => what)).toEqual([]);
  expect(pairs.histories).toBeGreaterThan(1000);
  expect(triples.histories).toBeGreaterThan(4000);
});
