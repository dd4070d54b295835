import { neverTwiceNeverLost } from "../provider/create-once.property.js";

test("10,000 sequences of faults and kills leave one job per resource, and its id in state", async () => {
  const seed = process.env.SOAK_SEED === undefined ? undefined : Number(process.env.SOAK_SEED);
  const summary = await neverTwiceNeverLost(10_000, seed);
  console.log(JSON.stringify(summary));
  expect(summary).toMatchObject({ duplicates: 0, lost: 0 });
});
