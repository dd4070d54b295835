import { ChromaSyncSource, type ChromaSyncSourceArgs } from "../../sdk/index.js";

const db = { databaseName: "db" };
const bucket = { bucketName: "b", region: "us-east-1", collectionName: "docs" };

/** Compiled, never run: each of the marked combinations has to be a compile error. */
const WRONG: (() => ChromaSyncSourceArgs)[] = [
  // @ts-expect-error no kind
  () => ({ databaseName: "db" }),
  // @ts-expect-error two kinds
  () => ({ ...db, github: { repository: "a/b" }, webScrape: { startingUrl: "https://a" } }),
  // @ts-expect-error no database
  () => ({ github: { repository: "a/b" } }),
  // @ts-expect-error a bucket without credentials
  () => ({ ...db, s3: bucket }),
  // @ts-expect-error half of the inline keys
  () => ({ ...db, s3: { ...bucket, awsAccessKeyId: "AKIA" } }),
  // @ts-expect-error both a saved credential and inline keys
  () => ({ ...db, s3: { ...bucket, awsCredentialId: 1, awsAccessKeyId: "a", awsSecretAccessKey: "s" } }),
  // @ts-expect-error lines in a syntax tree
  () => ({ ...db, github: { repository: "a/b" }, chunking: { type: "tree_sitter", maxLines: 3 } }),
  // @ts-expect-error keys to rotate without a bucket
  () => ({ ...db, github: { repository: "a/b" }, rotateCredentials: true }),
];

test("every kind has a form that compiles, and a source is a class", () => {
  const right: ChromaSyncSourceArgs[] = [
    { ...db, github: { repository: "a/b" }, chunking: { type: "lines", maxLines: 3 } },
    { ...db, s3: { ...bucket, awsCredentialId: 1 } },
    { ...db, s3: { ...bucket, awsAccessKeyId: "a", awsSecretAccessKey: "s" }, rotateCredentials: true },
    { ...db, webScrape: { startingUrl: "https://a" }, onConflict: "adopt" },
  ];
  expect(right).toHaveLength(4);
  expect(WRONG).toHaveLength(8);
  expect(typeof ChromaSyncSource.get).toBe("function");
});
