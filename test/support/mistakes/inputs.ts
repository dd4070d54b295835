import type { Group } from "./group.js";

const inputsOf = (kind: string) => (inputs: string[]) => `new ${kind}("docs", { ${inputs.join(", ")} });`;
const invocation = inputsOf("ChromaSyncInvocation");
const source = inputsOf("ChromaSyncSource");
const batch = (entries: string[]) =>
  `new ChromaSyncInvocationBatch("docs", { sourceId, objects: [${entries.join(", ")}] });`;

/** What the check of a resource refuses without asking the service. */
export const INPUTS: Group[] = [
  {
    title: "Inputs of a ChromaSyncInvocation",
    run: "preview",
    as: "failure",
    program: invocation,
    mistakes: [
      {
        input: 'sourceId: "docs"',
        says: "sourceId must be the UUID of a source, such as 0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a: the dashboard shows it",
      },
      {
        input: 'targetColection: "docs"',
        says: "targetColection is not an input of ChromaSyncInvocation: did you mean targetCollectionName?",
      },
      {
        input: 'targetCollectionName: "my docs"',
        says: "targetCollectionName may hold only letters and digits of ASCII, `.`, `_` and `-`",
      },
      {
        input: 'refIdentifier: { sha: "3f78685" }',
        says: "refIdentifier.sha must be a full commit id of 40 or 64 hexadecimal digits (git rev-parse HEAD): short ids and tags are not accepted",
      },
      {
        input: 'objectKey: "s3://acme-docs/a.md"',
        says: "objectKey is a URL: give the key alone, without s3:// and the name of the bucket",
      },
      {
        input: 'customId: "c".repeat(121)',
        says: "customId is 121 characters (121 bytes) long, the limit is 120 bytes: shorten it",
      },
      {
        input: 'triggers: "v1"',
        says: "triggers must be a list, or a map of names: a change of a value starts a new sync",
      },
      {
        input: 'waitForCompletion: "yes"',
        says: "waitForCompletion must be true, false or { timeoutSeconds, pollIntervalSeconds, onTimeout, waitFor, onFailure }, all optional",
      },
      { input: 'onConflict: "replace"', says: 'onConflict must be "fail" or "adopt"' },
      { input: 'adoptInvocationId: "7"', says: "adoptInvocationId must be the UUID of an invocation" },
    ],
  },
  {
    title: "Inputs of a ChromaSyncInvocation",
    run: "preview",
    as: "failure",
    program: invocation,
    mistakes: [
      {
        input: "/* no sourceId */ ...{}",
        says: "sourceId is required: give the UUID of the source to sync",
      },
      {
        input: 'refIdentifier: { sha: commit, branch: "main" }',
        says: "refIdentifier has both sha and branch: keep one of them (sha pins a commit)",
      },
      {
        input: "waitForCompletion: { timeoutSeconds: 0 }",
        says: "waitForCompletion.timeoutSeconds must be a number of seconds above 0 and up to 604800 (7 days)",
      },
      {
        input: "metadata: Object.fromEntries([...Array(10_000)].map((_, n) => [`k${n}`, n]))",
        says: "metadata has 10000 keys, which every chunk would carry: keep at most 256",
      },
    ],
  },
  {
    title: "Objects of a ChromaSyncInvocationBatch",
    run: "preview",
    as: "failure",
    program: batch,
    mistakes: [
      {
        input: '{ objectKey: "a", metadata: { owner: { team: "docs" } } }',
        says: 'objects "a": metadata key "owner" holds a nested value: only strings, numbers, booleans and lists of one of these can be stored, flatten it',
      },
      {
        input: '{ objectKey: "b", metadata: { tags: ["x", 1] } }',
        says: 'objects "b": metadata key "tags" holds a list of mixed types: use only strings, only numbers or only booleans',
      },
      {
        input: '{ objectKey: "c", metadata: { chroma_id: 1 } }',
        says: 'objects "c": metadata key "chroma_id" starts with chroma_, which is reserved for Chroma: rename it',
      },
      {
        input: '{ objectKey: "d", metadata: { pulumi_provenance: "x" } }',
        says: 'objects "d": metadata key "pulumi_provenance" is reserved, this package writes it itself: use the input provenance',
      },
      {
        input: '{ objectKey: "e", metadata: { text: "x".repeat(10_000_000) } }',
        says: 'objects "e": metadata has 10000011 bytes as JSON, which every chunk would carry: keep at most 262144',
      },
      {
        input: '{ objectKey: "f", versoin: "1" }',
        says: 'objects "f": has the unknown property versoin: did you mean version?',
      },
      {
        input: '{ objectKey: "g" }, { objectKey: "g" }',
        says: 'objects "g" is in the list twice: remove one',
      },
      {
        input: '{ objectKey: "h", customId: "x" }, { objectKey: "i", customId: "x" }',
        says: 'objects "i" and "h" have the same customId, so their chunk ids would collide: change one',
      },
    ],
  },
  {
    title: "Inputs of a ChromaSyncSource",
    run: "preview",
    as: "failure",
    program: source,
    mistakes: [
      {
        input: 'database: "db"',
        says: "database is not an input of ChromaSyncSource (databaseName, github, s3, webScrape, embedding, chunking, onConflict, rotateCredentials): remove it, or correct its name",
      },
      { input: "/* no databaseName */ ...{}", says: "databaseName is required" },
      {
        input: 'github: { repository: "https://github.com/acme/docs" }',
        says: "github.repository must be owner/name, such as acme/docs: no URL and no .git",
      },
      {
        input: 's3: { bucketName: "s3://acme-docs", region: "us-east-1", collectionName: "docs" }',
        says: "s3.bucketName must be the name of a bucket, 3 to 63 characters such as acme-docs: no s3:// and no ARN",
      },
      {
        input: 'webScrape: { startingUrl: "docs.example.com", pageLimit: -1 }',
        says: "webScrape.startingUrl must be an http or https URL, such as https://docs.example.com",
      },
      {
        input: "/* three kinds at once */ ...{}",
        says: "github and s3 and webScrape exclude each other: keep one of them, and declare a separate source for each of the others",
      },
      {
        input: 'chunking: { type: "words" }',
        says: 'chunking.type must have the type "tree_sitter" (with maxSizeBytes) or "lines" (with maxLines and maxSizeBytes)',
      },
    ],
  },
];
