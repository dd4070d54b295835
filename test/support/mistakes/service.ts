import type { Group } from "./group.js";

const NONE = "0192f0c1-5d3e-7b7a-9c53-00000000dead";
const sync = 'new ChromaSyncInvocation("docs", { sourceId, objectKey: "a" });';

const failure = (title: string, input: string, ...says: string[]): Group => ({
  title,
  run: "preview",
  as: "failure",
  mistakes: says.map((one, index) => ({ input: index === 0 ? input : "", says: one })),
});
const setting = (name: string, value: string, says: string): Group => ({
  ...failure("Key and endpoint", `${name}=${value}`, says),
  program: () => sync,
  environment: { [name]: value },
});

/** What the check of a resource finds out by asking the service. */
export const SERVICE: Group[] = [
  failure(
    "What the source does not accept",
    `new ChromaSyncInvocation("docs", { sourceId: "${NONE}", objectKey: "a" });`,
    `sourceId is not known to the service: check the id, and that the API key belongs to the team that owns the source (GET …/sources/${NONE} returned 404: …)`,
  ),
  failure(
    "What the source does not accept",
    'new ChromaSyncInvocation("docs", { sourceId: github, objectKey: "a", customId: "c" });',
    "targetCollectionName is required for a GitHub source: name the collection that the sync writes to",
    "objectKey is for S3 sources only, and this is a GitHub source: remove objectKey",
    "customId is for S3 sources only, and this is a GitHub source: remove customId",
  ),
  failure(
    "What the source does not accept",
    'new ChromaSyncInvocation("docs", { sourceId, refIdentifier: { branch: "main" } });',
    "objectKey is required for an S3 source: give the full key of the object",
    "refIdentifier is for GitHub sources only, and this is an S3 source: remove refIdentifier",
  ),
  failure(
    "What the source does not accept",
    'new ChromaSyncInvocationBatch("docs", { sourceId: prefixed, objects: [...Array(23)].map((_, n) => ({ objectKey: `a${n}` })) });',
    'objects "a19" must start with the source\'s path prefix "docs/", which is not added for you',
    "objects have 3 more problems",
  ),
  failure(
    "What the source does not accept",
    'new ChromaSyncInvocationBatch("docs", { sourceId: github, objects: [{ objectKey: "a" }] });',
    "sourceId is the id of a GitHub source, and a batch requires an S3 source: use the id of one, or declare a ChromaSyncInvocation",
  ),
  failure(
    "What the source does not accept",
    'new ChromaSyncSource("docs", { databaseName: "none", github: { repository: "acme/new" } });',
    "databaseName is not known to the service: create the database first, or use a key of the team that has it; if this update creates it, pass its name as an Output (GET …/sources returned 404: …)",
  ),
  setting(
    "CHROMA_API_KEY",
    "wrong",
    "The service rejected the API key. Set a valid one: `pulumi config set --secret chroma-sync:apiKey <key>`, CHROMA_API_KEY, or the apiKey of the ChromaSyncProvider. After a key rotation, `pulumi refresh` and `pulumi destroy` still use the key of the last `pulumi up`: run them with --run-program. (GET … returned 401: …)",
  ),
  setting(
    "CHROMA_API_KEY",
    "k\nk",
    "The Chroma API key holds a character that no key has, such as a line break or a space: copy it from the Chroma Cloud dashboard again.",
  ),
  setting(
    "CHROMA_SYNC_ENDPOINT",
    "https://sync.trychroma.com/api/v1",
    "The endpoint must not have a path (/api/v1), since the paths of the service are added to it: set chroma-sync:endpoint, CHROMA_SYNC_ENDPOINT or the endpoint of the ChromaSyncProvider to an https URL such as https://sync.trychroma.com.",
  ),
  setting(
    "CHROMA_SYNC_ENDPOINT",
    "http://sync.trychroma.com",
    "The endpoint http://sync.trychroma.com would send the API key unencrypted (plain http is for loopback only): set chroma-sync:endpoint, CHROMA_SYNC_ENDPOINT or the endpoint of the ChromaSyncProvider to an https URL such as https://sync.trychroma.com.",
  ),
  setting(
    "CHROMA_SYNC_ENDPOINT",
    "the address of another server",
    "The endpoint answered, but it is not the Sync service. Correct chroma-sync:endpoint, CHROMA_SYNC_ENDPOINT or the endpoint of the ChromaSyncProvider. (GET … returned 200, but not what the API document describes: …)",
  ),
  ...["ChromaSyncInvocation", "ChromaSyncSource"].map(
    (kind): Group => ({
      title: "Lookups of what is not there",
      run: "preview",
      as: "error",
      mistakes: [
        {
          input: `${kind}.get("docs", "${NONE}");`,
          says:
            kind === "ChromaSyncInvocation"
              ? `Nothing has the id ${NONE}: check it, and that the API key belongs to the team that owns what it names.`
              : `Not found. Check the id, and that the API key belongs to the team that owns it. (GET …/sources/${NONE} returned 404: …)`,
        },
      ],
    }),
  ),
  {
    title: "Warnings",
    run: "preview",
    as: "warning",
    mistakes: [
      {
        input:
          'for (const sha of ["a", "b"]) new ChromaSyncInvocation(sha, { sourceId: github, targetCollectionName: "docs", refIdentifier: { sha: sha.repeat(40) } });',
        says: 'Collection docs would get two refs of source …, commit … and commit …, by the resources "a" and "b". The service refuses the second with 409 once the first is finished: give each ref a collection of its own, with collectionNameFor for instance.',
      },
      {
        input:
          'for (const name of ["x", "y"]) new ChromaSyncInvocation(name, { sourceId, objectKey: "docs/a.md" });',
        says: 'Object key "docs/a.md" of source … would be synced twice into the same collection, by the resources "x" and "y": every search would find each chunk twice. Remove one of them, or set another targetCollectionName.',
      },
      {
        input: 'new ChromaSyncSource("docs", { databaseName: "db", github: { repository: "acme/docs" } });',
        says: 'The GitHub source acme/docs (database db) already exists with the id …: creating another fails with 409 unless it is deleted first. Adopt it with onConflict: "adopt", or use its id alone with ChromaSyncSource.get.',
      },
      {
        input:
          'new ChromaSyncSource("web", { databaseName: "db", webScrape: { startingUrl: "https://docs.example.com", includePathRegexes: ["/cloud/*"] } });',
        says: 'webScrape.includePathRegexes[0] holds "/*", which a regular expression reads as any number of slashes: write "/.*" for all that is below.',
      },
      {
        input:
          'new ChromaSyncInvocation("spaces", { sourceId, objectKey: "b" }, { provider: new ChromaSyncProvider("spaces", { apiKey: "k\\n" }) });',
        says: "The Chroma API key has spaces or line breaks around it, which are not sent: store it without them (`pulumi config set --secret chroma-sync:apiKey <key>`, or CHROMA_API_KEY).",
      },
      {
        input:
          'new ChromaSyncInvocation("dead", { sourceId, objectKey: "c" }, { provider: new ChromaSyncProvider("dead", { apiKey: "k", endpoint: "http://127.0.0.1:1" }) });',
        says: "A source could not be read, so only the offline rules were checked: No connection was made, so nothing was sent. Check the endpoint and the network. (GET … failed without a response: connect ECONNREFUSED 127.0.0.1:1)",
      },
    ],
  },
  {
    title: "Warnings",
    run: "preview",
    as: "warning",
    program: () => sync,
    environment: { CHROMA_API_KEY: undefined },
    mistakes: [
      {
        input: "# no key is set",
        says: "Only the offline rules were checked. No Chroma API key: run `pulumi config set --secret chroma-sync:apiKey <key>` or set CHROMA_API_KEY (keys are made in the Chroma Cloud dashboard).",
      },
    ],
  },
];
