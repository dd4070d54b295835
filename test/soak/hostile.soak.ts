import * as fs from "node:fs";
import * as path from "node:path";
import { sleep } from "../../src/provider/sleep.js";
import { GITHUB, oneSync, S3 } from "../engine/one-sync.js";
import { faultProxy, type Passing } from "../support/fault-proxy.js";
import { Project } from "../support/project.js";

const SYNCS = 16;
/** Makes each checkpoint take a good part of a second. */
const HEAVY = `
import * as pulumi from "@pulumi/pulumi";
class Heavy extends pulumi.dynamic.Resource {
  constructor() {
    super({ create: async () => ({ id: "heavy", outs: { text: "x".repeat(30_000_000) } }) }, "heavy", {});
  }
}
const heavy = new Heavy();
`;

type Step = (passing: Passing, posts: number) => Promise<void> | void;

const sum = { histories: 0, declared: 0, jobs: 0, duplicates: 0, lost: 0 };
afterAll(() => console.log(JSON.stringify(sum)));

const proxies: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of proxies.splice(0)) await close();
});

async function behindProxy(step: Step, environment: Record<string, string> = {}) {
  const sync = await oneSync({}, environment);
  let posts = 0;
  const proxy = await faultProxy(sync.emulator.url, async (passing) => {
    if (passing.method === "POST") posts++;
    await step(passing, posts);
  });
  proxies.push(proxy.close);
  sync.project.setEnvironment({ CHROMA_SYNC_ENDPOINT: proxy.url });
  return { ...sync, proxy };
}

/** Every declaration has one job, the one that its state holds. */
async function expectOneJobEach(ids: string[], projects: Project[], declared: number): Promise<void> {
  const held: string[] = [];
  for (const project of projects)
    for (const { type, id } of await project.resources()) if (type.includes("chroma-sync")) held.push(id);
  sum.histories++;
  sum.declared += declared;
  sum.jobs += ids.length;
  sum.duplicates += Math.max(0, ids.length - declared);
  sum.lost += ids.filter((id) => !held.includes(id)).length;
  expect([...held].sort()).toEqual([...ids].sort());
  expect(ids).toHaveLength(declared);
}

/** Runs `up` until it succeeds, as somebody would who reads what it says. */
async function upUntilDone(project: Project, most = 3): Promise<void> {
  await project.pulumi("cancel", "--yes");
  let output = "";
  for (let run = 0; run < most; run++) {
    const up = await project.up("--skip-preview");
    if (up.code === 0) return;
    output += up.output;
  }
  throw new Error(output);
}

const many = `
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
${HEAVY}
for (let at = 0; at < ${SYNCS}; at++)
  new ChromaSyncInvocation(\`sync-\${at}\`, { sourceId: "${S3}", objectKey: \`o-\${at}\` }, { dependsOn: [heavy] });
`;

test.each([
  0, 400, 1500, 3000,
])("two interrupts while checkpoints are slow, %d ms after the first POST", async (delayMs) => {
  let interrupt = () => {};
  const { project, ids } = await behindProxy((passing, posts) => {
    if (passing.method === "POST" && posts === 1) interrupt();
  });
  project.write({ "index.ts": many });
  const first = project.start("up", "--yes", "--skip-preview");
  interrupt = () => {
    setTimeout(first.interrupt, delayMs);
    setTimeout(first.interrupt, delayMs + 300);
  };
  await first.done;
  await upUntilDone(project);
  await expectOneJobEach(ids(), [project], SYNCS);
});

test("a backend that is read-only while sixteen are created", async () => {
  let spoil = () => {};
  const { project, ids } = await behindProxy((passing, posts) => {
    if (passing.method === "POST" && posts === 3) spoil();
  });
  const place = path.join(project.folder, "state", ".pulumi", "stacks", "one-sync");
  spoil = () => {
    fs.renameSync(place, `${place}.away`);
    fs.writeFileSync(place, "not a folder");
  };
  project.write({ "index.ts": many });
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  fs.rmSync(place);
  fs.renameSync(`${place}.away`, place);
  await upUntilDone(project);
  await expectOneJobEach(ids(), [project], SYNCS);
});

test.each([
  ["a 504 at once, accepted 3 s later", 504, 3000],
  ["no answer within the timeout, accepted 2 s after it", undefined, 7000],
] as const)("%s", async (_name, status, lateMs) => {
  const { project, declare, ids } = await behindProxy(
    async (passing, posts) => {
      if (passing.method !== "POST" || posts > 1) return;
      if (status !== undefined) passing.answer(status);
      await sleep(lateMs);
      await passing.forward();
    },
    { CHROMA_SYNC_SETTLE_SECONDS: "6" },
  );
  declare(`sourceId: "${S3}", objectKey: "a"`);
  await upUntilDone(project);
  await sleep(1000);
  await expectOneJobEach(ids(), [project], 1);
});

test("pulumi is killed with the POST in flight and restarted at once", async () => {
  let kill = () => {};
  const { project, declare, ids } = await behindProxy(async (passing, posts) => {
    if (passing.method !== "POST" || posts > 1) return;
    kill();
    await sleep(4000);
  });
  declare(`sourceId: "${S3}", objectKey: "a"`);
  const first = project.start("up", "--yes", "--skip-preview");
  kill = first.kill;
  await first.done;
  await upUntilDone(project);
  await expectOneJobEach(ids(), [project], 1);
});

test("a list that lags 30 s behind a POST that nobody answered", async () => {
  let accepted = Number.POSITIVE_INFINITY;
  const { project, declare, ids } = await behindProxy(
    async (passing, posts) => {
      if (passing.method === "POST" && posts === 1) {
        await passing.forward();
        accepted = Date.now();
        passing.reset();
      } else if (passing.path.startsWith("/api/v1/invocations?") && Date.now() - accepted < 30_000)
        passing.answer(200, { "content-type": "application/json" }, "[]");
    },
    { CHROMA_SYNC_SETTLE_SECONDS: "45" },
  );
  declare(`sourceId: "${GITHUB}", targetCollectionName: "docs"`);
  await upUntilDone(project, 1);
  await expectOneJobEach(ids(), [project], 1);
});

test.each([
  1, 2,
])("two stacks on one journal start the same at once, POST %d is not answered", async (which) => {
  const { project, declare, ids, proxy } = await behindProxy(async (passing, posts) => {
    if (passing.method !== "POST" || posts !== which) return;
    await passing.forward();
    passing.reset();
  });
  declare(`sourceId: "${S3}", objectKey: "a"`);
  const other = new Project("other-stack", {}, { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: proxy.url });
  try {
    other.setEnvironment({
      PULUMI_HOME: path.join(project.folder, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(project.folder, "state")}`,
    });
    other.init();
    other.write({ "index.ts": fs.readFileSync(path.join(project.folder, "index.ts"), "utf8") });
    await Promise.all([project.up("--skip-preview"), other.up("--skip-preview")]);
    await Promise.all([upUntilDone(project), upUntilDone(other)]);
    await expectOneJobEach(ids(), [project, other], 2);
  } finally {
    other.killProvider();
    other.remove();
  }
});
