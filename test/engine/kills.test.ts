import * as fc from "fast-check";
import { killedUp, runKilledUp } from "./killed-up.js";

test("an `up` that is killed at a random moment is found again by the next", async () => {
  await fc.assert(
    fc.asyncProperty(killedUp, async (one) => {
      const { accepted, held, output } = await runKilledUp(one);
      if (accepted.length !== 1 || held[0] !== accepted[0]) console.log(output);
      expect(accepted).toHaveLength(1);
      expect(held).toEqual(accepted);
    }),
    { numRuns: 5, endOnFailure: true },
  );
});
