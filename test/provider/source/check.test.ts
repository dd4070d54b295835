import { UNKNOWN } from "../../../src/model/unknown.js";
import { check } from "../../../src/provider/source/check.js";
import { sourceContext } from "./context.js";

const GITHUB = { databaseName: "db", github: { repository: "acme/docs" } };
const S3 = { bucketName: "acme-docs", region: "us-east-1", collectionName: "docs", awsCredentialId: 42 };
const WEB = { databaseName: "db", webScrape: { startingUrl: "https://docs.example.com" } };
const s3 = (more: object) => ({ databaseName: "db", s3: { ...S3, ...more } });
const keys = { awsCredentialId: null, awsAccessKeyId: "AKIA", awsSecretAccessKey: "the-secret" };

const reasons = async (news: object, olds: object = {}) => {
  const failures = await check(sourceContext(), "urn", olds as never, news as never);
  return failures.map(({ property, reason }) => `${property} ${reason}`);
};

test.each([
  ["a repository", GITHUB],
  [
    "all of a repository",
    {
      ...GITHUB,
      github: { repository: "acme/docs", appId: "1", includeGlobs: ["**/*.ts"] },
      onConflict: "adopt",
    },
  ],
  ["a bucket with a saved credential", s3({})],
  ["a bucket with inline keys", { ...s3({ ...keys, pathPrefix: "a/" }), rotateCredentials: true }],
  ["a site", WEB],
  [
    "all of a site",
    {
      ...WEB,
      webScrape: { ...WEB.webScrape, maxDepth: 0, pageLimit: 5, includePathRegexes: ["/a/.*"] },
      chunking: { type: "lines", maxLines: 10, maxSizeBytes: 4096 },
      embedding: {
        dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: { taskName: "nl_to_code" } },
        sparse: { model: "Chroma/BM25", key: "sparse" },
      },
    },
  ],
  ["nulls for what is absent", { ...GITHUB, s3: null, chunking: null, embedding: { sparse: null } }],
  ["a kind that is not known yet", { databaseName: UNKNOWN, github: UNKNOWN }],
  ["values that are not known yet", s3({ bucketName: UNKNOWN, awsCredentialId: UNKNOWN })],
  [
    "globs that are not known yet",
    { ...GITHUB, github: { repository: "a/b", includeGlobs: [UNKNOWN, UNKNOWN] } },
  ],
])("%s passes", async (_, news) => {
  expect(await reasons(news)).toEqual([]);
});

test.each([
  [{ github: GITHUB.github }, "databaseName is required"],
  [{ databaseName: "db" }, "The kind of the source is missing: give one of github, s3, webScrape"],
  [{ ...GITHUB, ...WEB }, "github and webScrape exclude each other: keep one of them"],
  [{ ...GITHUB, fileUpload: {} }, "fileUpload is not an input of ChromaSyncSource (databaseName, github,"],
  [{ databaseName: "db", github: {} }, "github.repository is required"],
  [
    { databaseName: "db", github: { repository: "https://github.com/acme/docs" } },
    "github.repository must be owner/name",
  ],
  [
    { databaseName: "db", github: { repository: "acme/docs.git" } },
    "github.repository must be owner/name, such as acme/docs: no URL and no .git",
  ],
  [
    { databaseName: "db", github: { repository: "acme/docs", appId: 123 } },
    "github.appId must be a string, not a number",
  ],
  [
    { databaseName: "db", github: { repository: "acme/docs", branch: "main" } },
    'github has the unknown key "branch": remove it, or correct its name',
  ],
  [
    { databaseName: "db", github: { repository: "acme/docs", includeGlobs: ["a", "a"] } },
    "github.includeGlobs contains duplicates",
  ],
  [
    { databaseName: "db", github: { repository: "acme/docs", includeGlobs: ["a", ""] } },
    "github.includeGlobs[1] is empty",
  ],
  [s3({ bucketName: "s3://acme-docs" }), "s3.bucketName must be the name of a bucket"],
  [s3({ region: "virginia" }), "s3.region must be an AWS region, such as us-east-1"],
  [s3({ collectionName: "no" }), "s3.collectionName must be 3 to 128 bytes long, this is 2"],
  [s3({ awsCredentialId: "42" }), "s3.awsCredentialId must be a whole number, not a string"],
  [s3({ ...keys, awsCredentialId: 42 }), "s3 has both awsCredentialId and inline keys: keep one"],
  [
    s3({ ...keys, awsSecretAccessKey: null }),
    "s3 has awsAccessKeyId without awsSecretAccessKey: give both, or awsCredentialId",
  ],
  [s3({ ...keys, awsAccessKeyId: null }), "s3 has awsSecretAccessKey without awsAccessKeyId: give both"],
  [s3({ awsCredentialId: null }), "s3 has no credentials: give awsCredentialId"],
  [s3({ autoSync: "all" }), 's3.autoSync must be "none" or "direct" or "metadata"'],
  [
    { databaseName: "db", webScrape: { startingUrl: "docs.example.com" } },
    "webScrape.startingUrl must be an http or https URL",
  ],
  [
    { databaseName: "db", webScrape: { startingUrl: "ftp://example.com" } },
    "webScrape.startingUrl must be an http or https URL",
  ],
  [
    { databaseName: "db", webScrape: { ...WEB.webScrape, maxDepth: -1 } },
    "webScrape.maxDepth must be at least 0",
  ],
  [
    { databaseName: "db", webScrape: { ...WEB.webScrape, pageLimit: 1.5 } },
    "webScrape.pageLimit must be a whole number, not a fraction",
  ],
  [
    { databaseName: "db", webScrape: { ...WEB.webScrape, excludePathRegexes: ["*/blog"] } },
    'webScrape.excludePathRegexes[0] holds a glob, not a regular expression: write ".*" for "*"',
  ],
  [
    { ...GITHUB, chunking: { type: "tree_sitter", maxLines: 10 } },
    'chunking has the unknown key "maxLines": remove it, or correct its name',
  ],
  [
    { ...GITHUB, chunking: { type: "sentences" } },
    'chunking.type must have the type "tree_sitter" (with maxSizeBytes) or "lines"',
  ],
  [
    { ...GITHUB, chunking: { type: "lines", maxSizeBytes: 20_000 } },
    "chunking.maxSizeBytes must be at most 16384",
  ],
  [
    { ...GITHUB, embedding: { dense: { model: "gpt" } } },
    'embedding.dense.model must be "Qwen/Qwen3-Embedding-0.6B"',
  ],
  [
    { ...GITHUB, embedding: { dense: { model: "Qwen/Qwen3-Embedding-0.6B", task: {} } } },
    "embedding.dense.task.taskName is required",
  ],
  [{ ...GITHUB, onConflict: "replace" }, 'onConflict must be "fail" or "adopt"'],
  [{ ...GITHUB, rotateCredentials: true }, "rotateCredentials is for S3 sources only: remove it"],
])("%j is refused", async (news, expected) => {
  const found = await reasons(news as object);
  expect(found.filter((reason) => reason.startsWith(expected))).toHaveLength(1);
  expect(found).toHaveLength(1);
  expect(found.join()).not.toContain("the-secret");
});

test("no rule fails a source that exists and has not changed", async () => {
  const old = { databaseName: "db", github: { repository: "not a name any more" } };
  expect(await reasons({ ...old, onConflict: "adopt" }, old)).toEqual([]);
  expect(await reasons({ ...old, databaseName: "" }, old)).toEqual(["databaseName is empty"]);
});

test("a path pattern that looks like a glob is warned of, as a page of the service shows one", async () => {
  const context = sourceContext();
  const webScrape = { ...WEB.webScrape, includePathRegexes: ["/a/.*", "/docs/*"] };
  expect(await check(context, "urn", {}, { ...WEB, webScrape })).toEqual([]);
  expect(context.warnings).toContainEqual(
    expect.stringContaining('webScrape.includePathRegexes[1] holds "/*"'),
  );
  // One that is there already stays silent.
  const again = sourceContext();
  await check(again, "urn", { ...WEB, webScrape }, { ...WEB, webScrape });
  expect(again.warnings).toEqual([]);
});
