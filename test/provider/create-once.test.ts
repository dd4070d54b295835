import { neverTwiceNeverLost } from "./create-once.property.js";

test("faults and kills in any order leave one job per resource, and its id in state", async () => {
  const summary = await neverTwiceNeverLost(300);
  expect(summary).toMatchObject({ sequences: 300, duplicates: 0, lost: 0 });
});
