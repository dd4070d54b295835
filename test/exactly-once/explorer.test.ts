import { explore } from "./explorer/explore.js";
import { provider } from "./explorer/provider.js";

// docs/exactly-once.md states what this proves.
test("in all histories of three runs with up to two events, and a share of those with three, nothing is doubled or lost", async () => {
  const pairs = await explore(provider, 3, 2);
  const triples = await explore(provider, 3, 3, [0, 4]);
  console.log(JSON.stringify({ pairs: { ...pairs, failures: 0 }, triples: { ...triples, failures: 0 } }));
  expect([...pairs.failures, ...triples.failures].map(({ what }) => what)).toEqual([]);
  expect(pairs.histories).toBeGreaterThan(1000);
  expect(triples.histories).toBeGreaterThan(4000);
});
