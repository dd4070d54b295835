import * as path from "node:path";
import { ChromaSyncClient } from "../../../src/api/index.js";
import { type Emulator, startEmulator } from "../../../src/emulator/index.js";
import { UNKNOWN } from "../../../src/model/unknown.js";
import type { Properties } from "../../../src/provider/resource.js";
import { check } from "../../../src/provider/source/check.js";
import { create } from "../../../src/provider/source/create.js";
import { remove } from "../../../src/provider/source/delete.js";
import { diff } from "../../../src/provider/source/diff.js";
import { inputsOf } from "../../../src/provider/source/inputs.js";
import { read } from "../../../src/provider/source/read.js";
import type { SourceState } from "../../../src/provider/source/state.js";
import { faultProxy } from "../../support/fault-proxy.js";
import { httpServer } from "../../support/http-server.js";
import { temporaryFolder } from "../context.js";
import { sourceContext } from "./context.js";

const GITHUB = { databaseName: "db", github: { repository: "acme/docs" } };
const bucket = { bucketName: "acme-docs", region: "us-east-1", collectionName: "docs" };
const KEYED = {
  databaseName: "db",
  s3: { ...bucket, awsAccessKeyId: "AKIA1", awsSecretAccessKey: "secret-one" },
};
const OTHER_KEYS = { databaseName: "db", s3: { ...KEYED.s3, awsSecretAccessKey: "secret-two" } };

let emulator: Emulator;
let client: ChromaSyncClient;
beforeEach(async () => {
  emulator = await startEmulator({ token: "key-of-the-test", pendingMs: 60_000 });
  client = new ChromaSyncClient({ apiKey: "key-of-the-test", endpoint: emulator.url });
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const make = (inputs: Properties, context = sourceContext(emulator.url)) =>
  create(context, "urn:of-the-test", inputsOf(inputs));
const compare = async (olds: object, news: object, context = sourceContext(emulator.url)) => ({
  ...(await diff(context, "urn", olds as never, news as never)),
  warnings: context.warnings,
});

describe("creating", () => {
  test("sends what the API document names, and keeps the id and the time", async () => {
    const inputs = {
      databaseName: "db",
      webScrape: { startingUrl: "https://a.example", maxDepth: 2, includePathRegexes: ["/a"] },
      chunking: { type: "lines", maxLines: 10 },
      embedding: { dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: { taskName: "nl_to_code" } } },
    };
    const state = await make(inputs);
    expect(state).toMatchObject({ ...inputs, createdAt: expect.any(String) });
    expect(await client.getSource(state.sourceId)).toMatchObject({
      database_name: "db",
      web_scrape: { starting_url: "https://a.example", max_depth: 2, include_path_regexes: ["/a"] },
      chunking: { type: "lines", max_lines: 10 },
      embedding: { dense: { task: { task_name: "nl_to_code" } } },
    });
  });

  test("keeps no inline key, but the credential that the service made of them", async () => {
    const state = await make(KEYED);
    expect(JSON.stringify(state)).not.toMatch(/secret-one|AKIA1/);
    expect(state.awsCredentialId).toBe(1);
    expect(state.s3).toEqual(bucket);
  });

  test("fails on a source that exists, with its id and the ways out", async () => {
    const { sourceId } = await make(GITHUB);
    await expect(make(GITHUB)).rejects.toThrow(
      `The GitHub source acme/docs (database db) already exists with the id ${sourceId}. To adopt it, set onConflict: "adopt"`,
    );
  });

  test("adopts an equal one if asked to, and refuses one that differs, by the names of its parts", async () => {
    const { sourceId } = await make({
      ...GITHUB,
      github: { repository: "acme/docs", includeGlobs: ["a", "b"] },
    });
    const adopt = { ...GITHUB, onConflict: "adopt" };
    const equal = { ...adopt, github: { repository: "acme/docs", includeGlobs: ["b", "a"] } };
    await expect(make(adopt)).rejects.toThrow("It differs in github.includeGlobs: make them equal");
    await expect(make({ ...equal, chunking: { type: "lines" } })).rejects.toThrow("It differs in chunking");
    const state = await make(equal);
    expect(state).toMatchObject({ sourceId, adopted: true });
  });

  test("after an answer that was lost finds its own source, and does not create another", async () => {
    let posts = 0;
    const proxy = await faultProxy(emulator.url, async (passing) => {
      if (passing.method !== "POST" || ++posts > 1) return;
      await passing.forward();
      passing.reset();
    });
    const state = await make(GITHUB, sourceContext(proxy.url));
    expect(posts).toBe(1);
    const sources = await client.listSources();
    expect(sources.map(({ id }) => id)).toEqual([state.sourceId]);
    expect(state.adopted).toBeUndefined();
    await proxy.close();
  });
});

describe("a run that was killed", () => {
  const folder = temporaryFolder();
  let run = 0;
  const newRun = (journal = path.join(folder, String(run))) =>
    sourceContext(emulator.url, { "chroma-sync:journal": journal });
  beforeEach(() => run++);

  test("before state held its source is followed by one that takes it as its own", async () => {
    const { sourceId } = await make(GITHUB, newRun());
    const again = await make(GITHUB, newRun());
    expect(again.sourceId).toBe(sourceId);
    expect(again.adopted).toBeUndefined();
    expect(await client.listSources()).toHaveLength(1);
  });

  test("before state held what it had adopted leaves it somebody else's", async () => {
    const theirs = await client.createSource({ database_name: "db", github: { repository: "acme/docs" } });
    for (let times = 0; times < 2; times++) {
      const state = await make({ ...GITHUB, onConflict: "adopt" }, newRun());
      expect(state).toMatchObject({ sourceId: theirs, adopted: true });
    }
  });

  test("while nothing could be found out leaves a source that the next one takes as its own", async () => {
    emulator.faults.add({ operation: "create_source", kind: "reset-after", times: 1 });
    emulator.faults.add({ operation: "list_sources", kind: "status", status: 403, times: 1 });
    await expect(make(GITHUB, newRun())).rejects.toThrow("403");
    const state = await make(GITHUB, newRun());
    expect(state.adopted).toBeUndefined();
    expect(await client.listSources()).toMatchObject([{ id: state.sourceId }]);
  });

  test("before it saw the answer, too", async () => {
    let killed = () => {};
    const dead = new Promise<void>((resolve) => {
      killed = resolve;
    });
    const proxy = await faultProxy(emulator.url, async (passing) => {
      if (passing.method !== "POST") return;
      await passing.forward();
      killed();
      await new Promise(() => undefined);
    });
    const settings = { "chroma-sync:journal": path.join(folder, String(run)) };
    const here = { ...settings, "chroma-sync:endpoint": emulator.url };
    // The journal is of one endpoint, so the one that is killed reaches it through a client of its own.
    const first = sourceContext(emulator.url, here);
    const through = new ChromaSyncClient({ apiKey: "key-of-the-test", endpoint: proxy.url });
    void make(GITHUB, Object.assign(first, { client: () => through })).catch(() => undefined);
    await dead;
    const state = await make(GITHUB, newRun());
    expect(state.adopted).toBeUndefined();
    expect((await client.listSources()).map(({ id }) => id)).toEqual([state.sourceId]);
    await proxy.close();
    await through.close();
  });

  test("leaves nothing to take once state was seen to hold the source", async () => {
    const old = await make(GITHUB, newRun());
    await compare(old, GITHUB, newRun());
    await expect(make(GITHUB, newRun())).rejects.toThrow("already exists with the id");
  });

  test("with other inputs leaves a source that is not what is asked for, and it is not taken", async () => {
    await make(GITHUB, newRun());
    const other = make({ ...GITHUB, chunking: { type: "lines" } }, newRun());
    await expect(other).rejects.toThrow("It differs in chunking");
  });

  test("on another disk leaves a source that may be anybody's", async () => {
    await make(GITHUB, newRun());
    await expect(make(GITHUB, newRun(path.join(folder, "other")))).rejects.toThrow(
      "already exists with the id",
    );
  });
});

describe("a change", () => {
  let old: SourceState;
  beforeEach(async () => {
    old = await make(GITHUB);
    await client.createInvocation(old.sourceId, { target_collection_name: "docs-a" });
    await client.createInvocation(old.sourceId, { target_collection_name: "docs-b" });
  });

  test("of what the service counts as another source creates it before the old one goes", async () => {
    const change = await compare(old, { ...GITHUB, github: { repository: "acme/other" } });
    expect(change).toMatchObject({ changes: true, replaces: ["github"], deleteBeforeReplace: false });
  });

  test("of anything else deletes the old one first, and says how many syncs run again", async () => {
    const change = await compare(old, { ...GITHUB, chunking: { type: "lines" } });
    expect(change).toMatchObject({ replaces: ["chunking"], deleteBeforeReplace: true });
    expect(change.warnings.join()).toContain("it has synced 2 so far");
  });

  test.each([
    ["nothing", GITHUB],
    ["nulls", { ...GITHUB, chunking: null, github: { repository: "acme/docs", appId: null } }],
  ])("of %s changes nothing", async (_, news) => {
    expect(await compare(old, news)).toMatchObject({ changes: false, replaces: [], warnings: [] });
  });

  test("of a setting of ours happens in place", async () => {
    expect(await compare(old, { ...GITHUB, onConflict: "adopt" })).toMatchObject({
      changes: true,
      replaces: [],
      deleteBeforeReplace: false,
    });
  });

  test("of a default that is written out, or of the case of a repository, is none", async () => {
    const s3 = { ...bucket, awsCredentialId: 1 };
    for (const [before, after] of [
      [{ s3 }, { s3: { ...s3, autoSync: "none" } }],
      [{ s3, embedding: {} }, { s3 }],
      [{ github: { repository: "Acme/Docs" } }, { github: { repository: "acme/docs" } }],
    ] as const) {
      const state = await make({ databaseName: "db", ...before });
      expect((await compare(state, { databaseName: "db", ...after })).replaces).toEqual([]);
      await client.deleteSource(state.sourceId);
    }
  });

  test("of the order in a set is none", async () => {
    const state = await make({ ...GITHUB, github: { repository: "acme/a", includeGlobs: ["a", "b"] } });
    const news = { ...GITHUB, github: { repository: "acme/a", includeGlobs: ["b", "a"] } };
    expect(await compare(state, news)).toMatchObject({ changes: false });
  });
});

describe("other keys", () => {
  test("are a warning, at every run, and replace only if asked to", async () => {
    const old = await make(KEYED);
    expect(await compare(old, KEYED)).toMatchObject({ changes: false, warnings: [] });
    const warned = await compare(old, OTHER_KEYS);
    expect(warned).toMatchObject({ changes: false, replaces: [] });
    expect(warned.warnings.join()).toContain("Set rotateCredentials: true to replace it");
    expect(warned.warnings.join()).not.toMatch(/secret-|AKIA1/);
    const rotated = await compare(old, { ...OTHER_KEYS, rotateCredentials: true });
    expect(rotated).toMatchObject({ changes: true, replaces: ["s3"], deleteBeforeReplace: true });
  });
});

describe("reading", () => {
  test("keeps what state says, and fills in a source that is only looked up", async () => {
    const old = await make(KEYED);
    const context = sourceContext(emulator.url);
    expect(await read(context, old.sourceId, old)).toEqual(old);
    const seen = await read(context, old.sourceId, {} as SourceState);
    expect(seen).toMatchObject({ databaseName: "db", s3: bucket, awsCredentialId: 1 });
    expect(JSON.stringify(seen)).not.toMatch(/secret-one|AKIA1/);
  });

  test("a source that is gone is gone, with a warning", async () => {
    const old = await make(GITHUB);
    await client.deleteSource(old.sourceId);
    const context = sourceContext(emulator.url);
    expect(await read(context, old.sourceId, old)).toBeUndefined();
    expect(context.warnings.join()).toContain("the next `pulumi up` creates it");
  });

  test("a source whose database cannot be seen stays", async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(404, { "content-type": "application/json" });
      response.end('{"error":"NotFound","message":"no such thing"}');
    });
    const context = sourceContext(server.url);
    const state = { ...GITHUB, sourceId: "0192f0c1-5d3e-7b7a-9c53-000000000001" };
    expect(await read(context, state.sourceId, state)).toEqual(state);
    expect(context.warnings.join()).toContain("Check that the API key belongs to the team");
    await server.close();
  });
});

describe("deleting", () => {
  test("says that what is running keeps running", async () => {
    const old = await make(GITHUB);
    await client.createInvocation(old.sourceId, { target_collection_name: "docs-a" });
    const context = sourceContext(emulator.url);
    await remove(context, old.sourceId, old);
    expect(context.warnings.join()).toContain(
      "cancels nothing: 1 of its invocations are under way and keep running",
    );
    expect(await client.listSources()).toEqual([]);
    await remove(context, old.sourceId, old);
  });

  test("lets go of an adopted one, and of one that this process has just created", async () => {
    const context = sourceContext(emulator.url);
    const created = await make(GITHUB, context);
    await remove(context, created.sourceId, created);
    await remove(sourceContext(emulator.url), created.sourceId, { ...created, adopted: true });
    expect(await client.listSources()).toHaveLength(1);
  });

  test("waits if the service limits the rate", async () => {
    const state = await make(GITHUB);
    emulator.faults.add({ operation: "delete_source", kind: "status", status: 429, times: 6 });
    await remove(sourceContext(emulator.url), state.sourceId, state);
    expect(await client.listSources()).toEqual([]);
  });

  test("fails if the service refuses, with the way out", async () => {
    const old = await make(GITHUB);
    const server = await httpServer((_request, response) => {
      response.writeHead(403).end('{"error":"Forbidden","message":"owners only"}');
    });
    await expect(remove(sourceContext(server.url), old.sourceId, old)).rejects.toThrow(
      /403: Forbidden: owners only.*pulumi state delete <urn>/s,
    );
    await server.close();
  });
});

test("a preview warns of a source that exists, unless state holds it or it is to be adopted", async () => {
  const { sourceId } = await make(GITHUB);
  const fresh = sourceContext(emulator.url);
  expect(await check(fresh, "urn", {}, GITHUB)).toEqual([]);
  expect(fresh.warnings.join()).toContain(`already exists with the id ${sourceId}`);
  const adopting = sourceContext(emulator.url);
  await check(adopting, "urn", {}, { ...GITHUB, onConflict: "adopt" });
  const holding = sourceContext(emulator.url);
  await check(holding, "urn", GITHUB, { ...GITHUB, chunking: { type: "lines" } });
  await check(holding, "urn", {}, { ...GITHUB, chunking: { type: "lines" } });
  expect([...adopting.warnings, ...holding.warnings]).toEqual([]);
});

test("a database that does not exist fails the check, for an adoption too; one that is not known yet does not", async () => {
  const bare = await startEmulator({ token: "key-of-the-test", seed: { databases: ["db"] } });
  const failuresOf = async (news: object) =>
    (await check(sourceContext(bare.url), "urn", {}, news as never)).map(({ property }) => property);
  expect(await failuresOf({ ...GITHUB, databaseName: "none" })).toEqual(["databaseName"]);
  expect(await failuresOf({ ...GITHUB, databaseName: "none", onConflict: "adopt" })).toEqual([
    "databaseName",
  ]);
  expect(await failuresOf({ ...GITHUB, databaseName: UNKNOWN })).toEqual([]);
  expect(await failuresOf(GITHUB)).toEqual([]);
  await bare.close();
});

test("an adopted source stays in state if the key is rejected", async () => {
  const created = await make(GITHUB);
  const wrong = sourceContext(emulator.url, { "chroma-sync:apiKey": "wrong" });
  await expect(remove(wrong, created.sourceId, { ...created, adopted: true })).rejects.toThrow(
    /rejected the API key.*pulumi state delete/s,
  );
});
