import { explore } from "../exactly-once/explorer/explore.js";
import { provider } from "../exactly-once/explorer/provider.js";

const PARTS = 200;

/**
 * Every history of three runs with up to four events, and as many of those with five as make a million.
 * EXPLORE_PART=<first>-<last> of the 200 parts replays or shares the work.
 */
test("a million histories, and nothing is doubled or lost", async () => {
  const [first = 0, last = PARTS - 1] = (process.env.EXPLORE_PART ?? "")
    .split("-")
    .filter(Boolean)
    .map(Number);
  let histories = 0;
  for (const most of [4, 5])
    for (let part = first; part <= last && (most === 4 || histories < 1_000_000); part++) {
      const { failures, ...found } = await explore(provider, 3, most, [part, PARTS]);
      histories += found.histories;
      console.log(JSON.stringify({ most, part, ...found }));
      expect(failures.map(({ what }) => what)).toEqual([]);
    }
  console.log(JSON.stringify({ histories }));
});
