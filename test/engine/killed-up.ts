import * as fc from "fast-check";
import { sleep } from "../../src/provider/sleep.js";
import { faultProxy, type Passing } from "../support/fault-proxy.js";
import { GITHUB, oneSync, S3 } from "./one-sync.js";

/** When the kill comes, in the order of a create. */
export const MOMENTS = [
  "before the POST",
  "during the POST, not processed",
  "during the POST, processed",
  "during the POST, processed 4 s later",
  "after the 201",
  "just after create() returned",
  "during a back-off on 429",
  "during the wait",
] as const;

export const VICTIMS = ["pulumi", "the provider", "both"] as const;

/** One `up` that is killed, and how the next one has to find what it left. */
export interface KilledUp {
  moment: (typeof MOMENTS)[number];
  victim: (typeof VICTIMS)[number];
  /** Milliseconds between the moment and the kill. */
  delayMs: number;
  /** How the next run knows: by its disk, or by what the service lists. */
  by: "journal" | "journal of another runner" | "provenance" | "natural key";
  /** What else goes wrong with the first POST of the next run. */
  next: "nothing" | "reset after processing" | "502 before processing";
}

export const killedUp: fc.Arbitrary<KilledUp> = fc
  .record({
    moment: fc.constantFrom(...MOMENTS),
    victim: fc.constantFrom(...VICTIMS),
    delayMs: fc.integer({ min: 0, max: 20 }),
    by: fc.constantFrom(
      "journal" as const,
      "journal of another runner" as const,
      "provenance" as const,
      "natural key" as const,
    ),
    next: fc.constantFrom(
      "nothing" as const,
      "reset after processing" as const,
      "502 before processing" as const,
    ),
  })
  // Without a journal a run lists once, so that it cannot know what is accepted after that.
  .filter(({ moment, by }) => by.startsWith("journal") || moment !== "during the POST, processed 4 s later");

/** Kills an `up` and runs the next; returns what the service accepted and what state holds. */
export async function runKilledUp(
  one: KilledUp,
): Promise<{ accepted: string[]; held: string[]; output: string }> {
  const { emulator, project, declare, ids, close } = await oneSync({ processingMs: 3000 });
  let kill = () => {};
  let armed = true;
  let posts = 0;
  const proxy = await faultProxy(emulator.url, async (passing) => {
    const isPost = passing.method === "POST";
    if (!armed) {
      if (isPost && posts++ === 0) await nextFault(one, passing);
      return;
    }
    const now = await isMoment(one, passing);
    if (!now) return;
    armed = false;
    if (now === "killed before the answer") kill();
    else if (now === "killed before it was processed") {
      kill();
      await sleep(4000);
    } else setTimeout(() => kill(), one.delayMs);
  });
  const inputs = {
    journal: `sourceId: "${S3}", objectKey: "a"`,
    "journal of another runner": `sourceId: "${S3}", objectKey: "a"`,
    provenance: `sourceId: "${S3}", objectKey: "a", provenance: true`,
    "natural key": `sourceId: "${GITHUB}", targetCollectionName: "docs", onConflict: "adopt"`,
  }[one.by];
  const wait = one.moment === "during the wait" ? ", waitForCompletion: true" : "";
  declare(`${inputs}${wait}`);
  project.setEnvironment({ CHROMA_SYNC_ENDPOINT: proxy.url });
  try {
    const first = project.start("up", "--yes", "--skip-preview");
    kill = () => {
      if (one.victim !== "the provider") first.kill();
      if (one.victim !== "pulumi") project.killProvider();
    };
    let output = (await first.done).output;
    await project.pulumi("cancel", "--yes");
    if (one.by === "journal of another runner") {
      project.killProvider();
      project.moveJournal("another-runner");
    } else if (one.by !== "journal") {
      project.forgetJournal();
      project.killProvider();
    }
    armed = false;
    for (let run = 0; run < 2; run++) {
      const next = await project.up("--skip-preview");
      output += next.output;
      if (next.code === 0) break;
    }
    const held = (await project.resources())
      .filter(({ type }) => type.includes("chroma-sync"))
      .map(({ id }) => id);
    return { accepted: ids(), held, output };
  } finally {
    await proxy.close();
    await close();
  }
}

async function isMoment(
  { moment }: KilledUp,
  passing: Passing,
): Promise<"killed before the answer" | "killed before it was processed" | "answered" | undefined> {
  const isPost = passing.method === "POST";
  switch (moment) {
    case "before the POST":
      return passing.path.startsWith("/api/v1/sources/") && !isPost ? "killed before the answer" : undefined;
    case "during the POST, not processed":
      if (!isPost) return undefined;
      passing.reset();
      return "killed before the answer";
    case "during the POST, processed":
      if (!isPost) return undefined;
      await passing.forward();
      return "killed before the answer";
    case "during the POST, processed 4 s later":
      return isPost ? "killed before it was processed" : undefined;
    case "after the 201":
    case "just after create() returned":
      if (!isPost) return undefined;
      await passing.forward();
      passing.deliver();
      return moment === "after the 201" ? "killed before the answer" : "answered";
    case "during a back-off on 429":
      if (!isPost) return undefined;
      passing.answer(429, { "retry-after": "2" });
      return "answered";
    case "during the wait":
      return /^\/api\/v1\/invocations\/./.test(passing.path) ? "answered" : undefined;
  }
}

async function nextFault({ next }: KilledUp, passing: Passing): Promise<void> {
  if (next === "502 before processing") passing.answer(502);
  if (next === "reset after processing") {
    await passing.forward();
    passing.reset();
  }
}
