import * as os from "node:os";
import * as path from "node:path";
import { concurrently } from "../../src/provider/concurrently.js";
import type { Found } from "../exactly-once/explorer/explore.js";
import { outsideJest } from "../support/outside-jest.js";

const PARTS = 200;
const EXPLORER = path.join(__dirname, "../exactly-once/explorer/main.ts");

/**
 * Every history of three runs with up to four events, and as many of those with five as make a million.
 * EXPLORE_PART=<first>-<last> of the 200 parts replays or shares the work.
 */
test("a million histories, and nothing is doubled or lost", async () => {
  const [first = 0, last = PARTS - 1] = (process.env.EXPLORE_PART ?? "")
    .split("-")
    .filter(Boolean)
    .map(Number);
  const parts = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  let histories = 0;
  for (const most of [4, 5])
    await concurrently(parts, os.availableParallelism(), async (part) => {
      if (most === 5 && histories >= 1_000_000) return;
      const { failures, ...found } = await outsideJest<Found>(EXPLORER, most, part, PARTS);
      histories += found.histories;
      console.log(JSON.stringify({ most, part, ...found }));
      expect(failures.map(({ what }) => what)).toEqual([]);
    });
  console.log(JSON.stringify({ histories }));
});
