import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as fc from "fast-check";
import { create } from "../../src/provider/invocation/create.js";
import type { InvocationInputs } from "../../src/provider/invocation/inputs.js";
import { contextAt, surroundings } from "./context.js";
import { type Fault, S3, SimulatedClock, SimulatedService } from "./service.js";

/** Faults that leave a process running. At most one ambiguity in a row is recovered from by sending again. */
const FAULTS: Fault[] = [
  "none",
  "refused-connection",
  "429",
  "reset-before",
  "reset-after",
  "500-before",
  "500-after",
  "unreadable-201",
  "kill-before",
  "kill-during",
  "kill-after",
];

export interface Summary {
  sequences: number;
  runs: number;
  kills: number;
  jobs: number;
  duplicates: number;
  lost: number;
}

/** One stack: resources of which some have equal payloads, run by run until all are in state. */
const stack = fc.record({
  keys: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 5 }),
  faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 8 }),
  lagMs: fc.constantFrom(0, 0, 500, 3000),
  // Which runs are killed after their creates returned and before state was written.
  dropped: fc.array(fc.boolean(), { maxLength: 3 }),
  journal: fc.constantFrom("kept", "kept", "empty with provenance"),
});

/**
 * The invariant: whatever fails and whoever is killed, the service has accepted one job per resource and
 * state holds its id. Fails with the sequence that broke it.
 */
export async function neverTwiceNeverLost(sequences: number, seed?: number): Promise<Summary> {
  const sum: Summary = { sequences: 0, runs: 0, kills: 0, jobs: 0, duplicates: 0, lost: 0 };
  await fc.assert(
    fc.asyncProperty(stack, async ({ keys, faults, lagMs, dropped, journal }) => {
      sum.sequences++;
      const folder = fs.mkdtempSync(
        path.join(fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir(), "chroma-sync-"),
      );
      const clock = new SimulatedClock(Date.now());
      const service = new SimulatedService(clock);
      service.faults.push(...faults);
      service.lagMs = lagMs;
      const state = new Map<string, string>();
      const provenance = journal !== "kept";
      const resources = keys.map((key, index) => ({ urn: `urn:${index}`, objectKey: key }));
      try {
        for (let run = 0; run < 12 && state.size < resources.length; run++) {
          sum.runs++;
          const place = provenance ? path.join(folder, String(run)) : folder;
          const around = { ...surroundings(), now: clock.now, sleep: clock.sleep };
          const process = service.connect();
          const context = contextAt(process.client, { "chroma-sync:journal": place }, around);
          const returned = new Map<string, string>();
          const creates = resources
            .filter(({ urn }) => !state.has(urn))
            .map(async ({ urn, objectKey }) => {
              const inputs: InvocationInputs = {
                sourceId: S3,
                objectKey,
                ...(provenance ? { provenance } : {}),
              };
              const made = await create(context, urn, inputs);
              if (!process.isKilled()) returned.set(urn, made.invocationId);
            });
          await clock.drive(Promise.race([Promise.allSettled(creates), process.killed]));
          const isDropped = dropped[run] === true;
          if (process.isKilled() || isDropped) sum.kills++;
          // A kill before the engine wrote its checkpoint: the ids are in no state.
          if (!isDropped) for (const [urn, id] of returned) state.set(urn, id);
          // What was on the wire when the process was killed arrives before the next run.
          await clock.drive(clock.sleep(10_000));
        }
        const accepted = [...service.state.jobs.keys()].sort();
        sum.jobs += accepted.length;
        const held = [...state.values()].sort();
        sum.duplicates += accepted.filter((id) => !held.includes(id)).length;
        sum.lost += resources.length - new Set(held).size;
        expect(held).toEqual(accepted);
        expect(held).toHaveLength(resources.length);
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: sequences, ...(seed === undefined ? {} : { seed }) },
  );
  return sum;
}
