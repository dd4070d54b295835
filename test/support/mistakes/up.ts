import type { Group } from "./group.js";

const NONE = "0192f0c1-5d3e-7b7a-9c53-00000000dead";
const REJECTED =
  "The service rejected the API key. Set a valid one: … After a key rotation, `pulumi refresh` and `pulumi destroy` still use the key of the last `pulumi up`: run them with --run-program. (GET … returned 401: …)";

/** What only shows once something is sent. */
export const UP: Group[] = [
  {
    title: "Found out at the update",
    run: "up",
    as: "error",
    mistakes: [
      {
        input:
          'new ChromaSyncInvocation("again", { sourceId: github, targetCollectionName: "finished", refIdentifier: { branch: "main" } });',
        says: 'The target collection already holds a finished sync: write to another collection, for instance one whose name is derived from the ref. (POST … returned 409: …) It was written by …. To adopt the newest matching invocation, set onConflict: "adopt"; to adopt a specific one, set adoptInvocationId.',
      },
      {
        input:
          'new ChromaSyncInvocation("other-ref", { sourceId: github, targetCollectionName: "finished", refIdentifier: { branch: "next" } });',
        says: "The target collection already holds a finished sync: write to another collection, for instance one whose name is derived from the ref. (POST … returned 409: …) It was written by …. None of them matches these inputs, so none can be adopted.",
      },
      {
        input: `new ChromaSyncInvocation("adopt-none", { sourceId, objectKey: "b", adoptInvocationId: "${NONE}" });`,
        says: `adoptInvocationId names no invocation that the API key can see. Not found. Check the id, and that the API key belongs to the team that owns it. (GET …/invocations/${NONE} returned 404: …)`,
      },
      {
        input:
          'new ChromaSyncInvocation("adopt-other", { sourceId: github, targetCollectionName: "docs", adoptInvocationId: finished });',
        says: "Invocation … does not match these inputs (its collection, ref or object key, custom id or metadata differ): make them equal to adopt it, or remove adoptInvocationId to start a new sync.",
      },
      {
        input: 'new ChromaSyncSource("twice", { databaseName: "db", github: { repository: "acme/docs" } });',
        says: 'The GitHub source acme/docs (database db) already exists with the id …. To adopt it, set onConflict: "adopt"; if a forced replacement (--replace) conflicted with the source it replaces, set the resource option deleteBeforeReplace: true.',
      },
      {
        input:
          'new ChromaSyncSource("member", { databaseName: "db", github: { repository: "acme/new" } }, { provider: new ChromaSyncProvider("member", { apiKey: "member" }) });',
        says: "Sources are created and deleted with the key of an owner or admin of the team. (POST …/sources returned 403: …)",
      },
    ],
  },
  {
    title: "Found out at the update",
    run: "up",
    as: "reason",
    mistakes: [
      {
        input:
          'new ChromaSyncInvocation("missing", { sourceId, objectKey: "missing", waitForCompletion: true });',
        says: "Invocation … failed: …. The service has already retried; fix the cause, then change triggers, set retryFailed: true or replace the resource.",
      },
      {
        input:
          'new ChromaSyncInvocation("late", { sourceId, objectKey: "a", waitForCompletion: { timeoutSeconds: 0.1 } });',
        says: "Invocation … is still … after 0.1 s. It keeps running in the service; the next `pulumi up` waits again (waitForCompletion.timeoutSeconds sets the limit).",
      },
      {
        input:
          'new ChromaSyncInvocationBatch("some", { sourceId, objects: [{ objectKey: "a", version: "1" }, { objectKey: "gone" }], waitForCompletion: true });',
        says: "1 failed (gone): …. The service has already retried: fix the cause, then change version or set retryFailed: true.",
      },
    ],
  },
  {
    title: "With a key that was rotated",
    run: "refresh",
    as: "error",
    environment: { CHROMA_API_KEY: "wrong" },
    mistakes: [{ input: "pulumi refresh", says: REJECTED }],
  },
  {
    title: "With a key that was rotated",
    run: "destroy",
    as: "error",
    environment: { CHROMA_API_KEY: "wrong" },
    mistakes: [
      {
        input: "pulumi destroy",
        says: `${REJECTED} To remove it from the stack without a request, set cancelOnDelete: false and run \`pulumi up\`, or \`pulumi state delete <urn>\`.`,
      },
    ],
  },
  {
    title: "Without a network",
    run: "refresh",
    as: "error",
    environment: { CHROMA_SYNC_ENDPOINT: "http://127.0.0.1:1" },
    mistakes: [
      {
        input: "pulumi refresh",
        says: "No connection was made, so nothing was sent. Check the endpoint and the network. (GET … failed without a response: connect ECONNREFUSED 127.0.0.1:1)",
      },
    ],
  },
];
