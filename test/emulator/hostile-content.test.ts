import * as fs from "node:fs";
import * as path from "node:path";
import { ChromaSyncClient } from "../../src/api/index.js";
import { startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";
import { httpServer } from "../support/http-server.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const temporary = temporaryFolder();
const bucket = () => fs.mkdtempSync(path.join(temporary, "bucket-"));

/** What becomes of one sync of an emulator with this seed. */
async function syncOf(
  seed: object,
  create: (client: ChromaSyncClient) => Promise<string>,
): Promise<{ status: unknown; texts: string[]; ms: number }> {
  const emulator = await startEmulator({ token: "k", seed, pendingMs: 0, processingMs: 0 });
  const client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k", retries: 0 });
  try {
    const id = await create(client);
    const begun = Date.now();
    for (;;) {
      const { status } = await client.getInvocation(id);
      if (status === "pending" || status === "processing") continue;
      const names = (await (await fetch(`${emulator.url}/_emulator/collections`)).json()) as {
        name: string;
      }[];
      const texts: string[] = [];
      for (const { name } of names) {
        const answer = await fetch(`${emulator.url}/_emulator/collections/${name}`);
        const { chunks } = (await answer.json()) as { chunks: { document: string }[] };
        texts.push(...chunks.map(({ document }) => document));
      }
      return { status, texts, ms: Date.now() - begun };
    }
  } finally {
    await client.close();
    await emulator.close();
  }
}

const object = (seed: object, key: string) =>
  syncOf(seed, (client) => client.createInvocation(S3, { object_key: key }));
const bucketSource = (name: string) => ({
  sources: [{ id: S3, database_name: "db", s3: { bucket_name: name, region: "r", collection_name: "obj" } }],
});

/** Syncs a site of one page at `/`, and of empty ones elsewhere. */
async function site(html: string, more: object = {}) {
  const server = await httpServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(request.url === "/" ? html : "<p>another page</p>");
  });
  try {
    const web_scrape = { starting_url: `${server.url}/`, ...more };
    const synced = await syncOf({ sources: [{ id: S3, database_name: "db", web_scrape }] }, (client) =>
      client.createInvocation(S3, { target_collection_name: "site" }),
    );
    return { ...synced, paths: server.seen.map(({ url }) => url) };
  } finally {
    await server.close();
  }
}

test.each([
  ["a link to a file outside", "passwd", "/etc/passwd"],
  ["a link to a folder outside", "etc/passwd", undefined],
  ["a link to a link to a file outside", "indirect", "passwd"],
])("a symbolic link out of a bucket is not read: %s", async (_title, key, target) => {
  const folder = bucket();
  fs.symlinkSync("/etc/passwd", path.join(folder, "passwd"));
  fs.symlinkSync("/etc", path.join(folder, "etc"));
  if (target === "passwd") fs.symlinkSync(target, path.join(folder, "indirect"));
  const { status, texts } = await object({ ...bucketSource("b"), buckets: { b: folder } }, key);
  expect(status).toEqual({ failed: { error: expect.stringMatching(/does not exist in bucket b/) } });
  expect(texts).toEqual([]);
});

test("a symbolic link within a bucket is read, and a bucket may itself be one", async () => {
  const folder = bucket();
  fs.mkdirSync(path.join(folder, "real"));
  fs.writeFileSync(path.join(folder, "real/a"), "text of a");
  fs.symlinkSync("a", path.join(folder, "real/b"));
  fs.symlinkSync("real", path.join(folder, "linked"));
  const seed = { ...bucketSource("b"), buckets: { b: path.join(folder, "linked") } };
  expect((await object(seed, "b")).texts).toEqual(["text of a"]);
});

test.each([
  "__proto__",
  "constructor",
  "toString",
])("a bucket %s is one that does not exist", async (name) => {
  const { status } = await object(bucketSource(name), "a");
  expect(status).toEqual({
    failed: { error: `bucket ${name} does not exist or cannot be read` },
  });
});

const LONG = `/${"a".repeat(50_000)}!`;
test.each([
  "(a+)+$",
  "(a|a)*$",
  "(a|aa)+$",
  "([a-z]+)*$",
  "^/(a*)*$",
])("the pattern %s is matched in linear time", async (pattern) => {
  const { status, ms } = await site(`<a href="${LONG}">x</a>`, { include_path_regexes: [pattern] });
  expect(status).toMatchObject({ complete: {} });
  expect(ms).toBeLessThan(5000);
}, 20_000);

test("patterns choose what is crawled, and one of a kind that is not known fails the sync", async () => {
  const links = ["/docs/a", "/docs/b", "/blog/a"].map((href) => `<a href="${href}">x</a>`).join("");
  const chosen = await site(links, { include_path_regexes: ["^/docs/"], exclude_path_regexes: ["b$"] });
  expect(chosen.paths).toEqual(["/", "/docs/a"]);
  const { status } = await site(links, { include_path_regexes: ["(?=docs)"] });
  expect(status).toEqual({
    failed: { error: expect.stringContaining('"(?=docs)" is not a regular expression') },
  });
});

test.each([
  ["<a "],
  ["<a href="],
  ["<a href='"],
  ["<b>"],
  ["</i>"],
  ["<script>"],
  ["<script></script "],
  ["<!--"],
  ["<"],
  ["&"],
  ["\n \t"],
])("a page of 600 kB of %j is read in linear time", async (piece) => {
  const { status, ms } = await site(piece.repeat(600_000 / piece.length), { page_limit: 1 });
  expect(status).toMatchObject({ complete: {} });
  expect(ms).toBeLessThan(5000);
}, 20_000);

test("a page's text and links are read as a browser would", async () => {
  const { texts, paths } = await site(
    `<title>T &amp; t</title><p>caf&eacute; &lt;b&gt;<script>if (a<b) "<a href=/no>"</script><!-- <a href=/no> -->
     <a class=x HREF="/one?b=1&amp;c=2">1</a><a href='/two words'>2</a><a href=/three>3</a><a href=mailto:x>4</a>`,
  );
  expect(texts[0]).toBe("T & tcafé <b>\n     1234");
  expect(paths).toEqual(["/", "/one?b=1&c=2", "/two%20words", "/three"]);
});

test("a page above 16 MiB is not read", async () => {
  const { status } = await site("x".repeat(17 * 1024 * 1024));
  expect(status).toEqual({ failed: { error: expect.stringContaining("is larger than 16777216 bytes") } });
});
