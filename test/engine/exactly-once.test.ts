import * as fs from "node:fs";
import * as path from "node:path";
import { faultProxy, type Passing } from "../support/fault-proxy.js";
import { oneSync, S3 } from "./one-sync.js";

/** A stack behind a proxy whose step sees each request. */
async function behindProxy(step: (passing: Passing, posts: number) => Promise<void> | void) {
  const sync = await oneSync();
  let posts = 0;
  const proxy = await faultProxy(sync.emulator.url, async (passing) => {
    if (passing.method === "POST") posts++;
    await step(passing, posts);
  });
  sync.project.setEnvironment({ CHROMA_SYNC_ENDPOINT: proxy.url });
  open.push(proxy.close);
  return sync;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const KEY_A = `sourceId: "${S3}", objectKey: "a"`;
const KEY_B = `sourceId: "${S3}", objectKey: "b"`;

test("what a killed run started is found after a run with other inputs was refused", async () => {
  let kill = () => {};
  const { project, declare, ids, state } = await behindProxy(async (passing, posts) => {
    if (passing.method !== "POST") return;
    if (posts === 2) return passing.answer(400);
    await passing.forward();
    if (posts === 1) kill();
  });
  declare(KEY_A);
  const first = project.start("up", "--yes", "--skip-preview");
  kill = () => {
    first.kill();
    project.killProvider();
  };
  await first.done;
  await project.pulumi("cancel", "--yes");
  declare(KEY_B);
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  declare(KEY_A);
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(ids()).toHaveLength(1);
  expect((await state()).id).toBe(ids()[0]);
});

test("a killed run is followed by a rename with an alias and another spelling of the endpoint", async () => {
  let kill = () => {};
  const { project, declare, ids, state, emulator } = await behindProxy(async (passing) => {
    if (passing.method !== "POST") return;
    await passing.forward();
    kill();
  });
  declare(KEY_A);
  const first = project.start("up", "--yes", "--skip-preview");
  kill = () => {
    first.kill();
    project.killProvider();
  };
  await first.done;
  await project.pulumi("cancel", "--yes");
  project.setEnvironment({ CHROMA_SYNC_ENDPOINT: `${emulator.url.replace("127.0.0.1", "localhost")}/` });
  declare(KEY_A, '{ aliases: [{ name: "a" }] }', "b");
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(ids()).toHaveLength(1);
  expect((await state()).id).toBe(ids()[0]);
});

test("a backend that cannot save leaves what the next run finds", async () => {
  const stacks = (folder: string) => path.join(folder, "state", ".pulumi", "stacks", "one-sync");
  let spoil = () => {};
  const { project, declare, ids, state } = await behindProxy((passing) => {
    if (passing.method === "POST") spoil();
  });
  const place = stacks(project.folder);
  declare(KEY_A);
  spoil = () => {
    fs.renameSync(place, `${place}.away`);
    fs.writeFileSync(place, "not a folder");
    spoil = () => {};
  };
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  fs.rmSync(place);
  fs.renameSync(`${place}.away`, place);
  await project.pulumi("cancel", "--yes");
  expect(await state()).toBeUndefined();
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(ids()).toHaveLength(1);
  expect((await state()).id).toBe(ids()[0]);
  // The program has seen the state saved, so that a replacement asks for another sync.
  const urn = (await state()).urn;
  expect((await project.up("--skip-preview", "--replace", urn)).code).toBe(0);
  expect(ids()).toHaveLength(2);
});
