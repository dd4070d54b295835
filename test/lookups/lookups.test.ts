import type { ChromaSyncClient } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import {
  connect,
  getInvocation,
  getSource,
  latestInvocations,
  listInvocations,
  listSources,
} from "../../src/lookups/index.js";

const id = (number: number) => `0192f0c1-5d3e-7b7a-9c53-0000000000${String(number).padStart(2, "0")}`;
const bucket = (path_prefix?: string) => ({
  bucket_name: "files",
  region: "us-east-1",
  collection_name: "docs",
  aws_access_key_id: "AKIA-OF-THE-TEST",
  aws_secret_access_key: "secret-of-the-test",
  ...(path_prefix ? { path_prefix } : {}),
});

let emulator: Emulator;
let client: ChromaSyncClient;
beforeAll(async () => {
  emulator = await startEmulator({
    token: "k",
    seed: {
      sources: [
        { id: id(1), database_name: "db", github: { repository: "acme/docs" } },
        { id: id(2), database_name: "db", github: { repository: "acme/docs", app_id: "7" } },
        { id: id(3), database_name: "db", github: { repository: "acme/code" } },
        { id: id(4), database_name: "db", s3: bucket() },
        { id: id(5), database_name: "db", s3: bucket("a/") },
        { id: id(6), database_name: "db", web_scrape: { starting_url: "https://a.example" } },
        { id: id(7), database_name: "other", web_scrape: { starting_url: "https://a.example" } },
      ],
    },
  });
  client = connect({ apiKey: "k", endpoint: emulator.url });
});
afterAll(async () => {
  await client.close();
  await emulator.close();
});

test.each([
  [{ id: id(3) }, 3],
  [{ repository: "Acme/Code" }, 3],
  [{ repository: "acme/docs", appId: "7" }, 2],
  [{ bucketName: "files", pathPrefix: "a/" }, 5],
  [{ bucketName: "files", pathPrefix: "" }, 4],
  [{ startingUrl: "https://a.example", databaseName: "other" }, 7],
])("getSource(%j) is one source", async (query, number) => {
  expect(await getSource(client, query)).toMatchObject({ id: id(number) });
});

test("a source is described in the words of the resource, without keys", async () => {
  const source = await getSource(client, { id: id(5) });
  expect(source).toMatchObject({
    sourceType: "s3",
    databaseName: "db",
    createdAt: expect.any(String),
    s3: { bucketName: "files", region: "us-east-1", collectionName: "docs", pathPrefix: "a/" },
  });
  expect(JSON.stringify(source)).not.toMatch(/AKIA|secret/);
});

test("none names what there is of its kind, and several name each", async () => {
  await expect(getSource(client, { repository: "acme/none" })).rejects.toThrow(
    /found no source for .*acme\/none.*Of its kind there are: .*acme\/docs with app 7, database db/,
  );
  await expect(getSource(client, { startingUrl: "https://a.example" })).rejects.toThrow(
    new RegExp(`found 2 sources .*${id(7)}.*${id(6)}.*Say which one with databaseName`),
  );
  await expect(getSource(client, { bucketName: "files" })).rejects.toThrow("files/a/");
  await expect(getSource(client, { repository: "a/b", startingUrl: "https://a" })).rejects.toThrow(
    "exactly one of id, repository, bucketName and startingUrl",
  );
  await expect(getSource(client, { id: id(99) })).rejects.toThrow("404");
});

test("listSources filters by database and kind", async () => {
  expect(await listSources(client, {})).toHaveLength(7);
  const found = await listSources(client, { databaseName: "db", sourceType: "webScrape" });
  expect(found.map((source) => source.id)).toEqual([id(6)]);
});

test("invocations are described in the words of the resource, newest first, over several pages", async () => {
  const first = await client.createInvocation(id(4), {
    object_key: "first",
    custom_id: "c",
    metadata: { team: "docs" },
  });
  for (let n = 0; n < 120; n++) await client.createInvocation(id(4), { object_key: `k${n}` });
  const all = await listInvocations(client, { sourceId: id(4), limit: 1000 });
  expect(all).toHaveLength(121);
  expect(all.at(-1)).toEqual(await getInvocation(client, { id: first }));
  expect(all.at(-1)).toMatchObject({
    id: first,
    sourceId: id(4),
    collectionName: "docs",
    objectKey: "first",
    customId: "c",
    metadata: { team: "docs" },
  });
  expect(await listInvocations(client, { sourceId: id(4) })).toHaveLength(100);
  expect((await listInvocations(client, { databaseName: "db", limit: 1 }))[0]!.objectKey).toBe("k119");
  await expect(listInvocations(client, { sourceId: id(4), databaseName: "db" })).rejects.toThrow("not both");
  await expect(listInvocations(client, { limit: 0 })).rejects.toThrow("a whole number above 0");
});

test("latestInvocations asks after each key once, and knows the newest", async () => {
  const newest = await client
    .createInvocation(id(5), { object_key: "a/x" })
    .then(() => client.createInvocation(id(5), { object_key: "a/x" }));
  const before = emulator.requests.length;
  const keys = [...Array.from({ length: 600 }, (_, n) => `a/${n}`), "a/x", "a/x"];
  const found = await latestInvocations(client, { sourceId: id(5), objectKeys: keys });
  expect(Object.keys(found)).toEqual(["a/x"]);
  expect(found["a/x"]!.id).toBe(newest);
  expect(emulator.requests.length - before).toBe(2);
});

test("without a key a lookup says how to give one", () => {
  expect(() => connect({ endpoint: emulator.url })).toThrow("pulumi config set --secret chroma-sync:apiKey");
});
