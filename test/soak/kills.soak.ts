import * as fc from "fast-check";
import { killedUp, MOMENTS, runKilledUp, VICTIMS } from "../engine/killed-up.js";

const seed = process.env.SOAK_SEED === undefined ? undefined : Number(process.env.SOAK_SEED);
const sum = { ups: 0, jobs: 0, duplicates: 0, lost: 0 };

async function oneJobInState(one: Parameters<typeof runKilledUp>[0]): Promise<void> {
  const { accepted, held, output } = await runKilledUp(one);
  sum.ups++;
  sum.jobs += accepted.length;
  sum.duplicates += Math.max(0, accepted.length - 1);
  sum.lost += held.length === 1 && accepted.includes(held[0]!) ? 0 : 1;
  if (accepted.length !== 1 || held[0] !== accepted[0]) console.log(JSON.stringify(one), output);
  expect(accepted).toHaveLength(1);
  expect(held).toEqual(accepted);
}

afterAll(() => console.log(JSON.stringify(sum)));

const every = MOMENTS.flatMap((moment) => VICTIMS.map((victim) => ({ moment, victim })));

test.each(every)("kill -9 of $victim $moment leaves one job, found by the journal", (one) =>
  oneJobInState({ ...one, delayMs: 5, by: "journal", next: "nothing" }));

test("50 random kills leave one job each, and its id in state", () =>
  fc.assert(fc.asyncProperty(killedUp, oneJobInState), {
    numRuns: 50,
    endOnFailure: true,
    ...(seed === undefined ? {} : { seed }),
  }));
