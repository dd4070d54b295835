import { attempts, type Group } from "./group.js";

const invocation = (inputs: string) => `new ChromaSyncInvocation("docs", { sourceId, ${inputs} });`;

/** What the program itself throws, before the engine knows of the resource. */
export const THROWN: Group[] = [
  {
    title: "Values that JSON or the engine would change",
    run: "preview",
    as: "error",
    program: attempts,
    mistakes: [
      {
        input: invocation("objectKey: `docs/${output}`"),
        says: 'ChromaSyncInvocation "docs": args.objectKey is the text of an Output and not its value: pass the Output itself, or use pulumi.interpolate or apply',
      },
      {
        input: invocation('objectKey: "a", metadata: { team: JSON.stringify({ output }) }'),
        says: 'ChromaSyncInvocation "docs": args.metadata.team is the text of an Output and not its value: pass the Output itself, or use pulumi.interpolate or apply',
      },
      {
        input: invocation('objectKey: "a", metadata: { since: new Date() }'),
        says: 'ChromaSyncInvocation "docs": args.metadata.since is a Date, of which only a plain map would reach the service: use a string, list or map',
      },
      {
        input: invocation('objectKey: "a", metadata: Promise.resolve(new Map())'),
        says: 'ChromaSyncInvocation "docs": args.metadata is a Map, of which only a plain map would reach the service: use a string, list or map',
      },
      {
        input: invocation('objectKey: "a", metadata: { n: output.apply(() => NaN) }'),
        says: 'ChromaSyncInvocation "docs": args.metadata.n is NaN, which state cannot hold: use a finite number or null',
      },
      {
        input: invocation('objectKey: "a", metadata: { n: Infinity }'),
        says: 'ChromaSyncInvocation "docs": args.metadata.n is Infinity, which state cannot hold: use a finite number or null',
      },
      {
        input: invocation('objectKey: "a", metadata: { n: 2 ** 53 }'),
        says: 'ChromaSyncInvocation "docs": args.metadata.n is an integer too large to be exact: use a string',
      },
      {
        input: invocation('objectKey: "a", metadata: { n: 1n }'),
        says: 'ChromaSyncInvocation "docs": args.metadata.n is a BigInt, which state cannot hold: use a string or a safe integer',
      },
      {
        input: invocation('objectKey: "a", customId: "\\ud83d"'),
        says: 'ChromaSyncInvocation "docs": args.customId holds half of a surrogate pair, which no encoding can carry: cut the text between whole characters',
      },
      {
        input: invocation('objectKey: "a\\0"'),
        says: 'ChromaSyncInvocation "docs": args.objectKey holds a NUL character: remove it',
      },
      {
        input: invocation('objectKey: "a", triggers: [undefined]'),
        says: 'ChromaSyncInvocation "docs": args.triggers[0] is undefined: remove it, or use null',
      },
      {
        input: invocation('objectKey: "a", triggers: [() => 1]'),
        says: 'ChromaSyncInvocation "docs": args.triggers[0] is a function, which state cannot hold: remove it',
      },
      {
        input:
          'new ChromaSyncInvocationBatch("all", { sourceId, objects: ["a", "b"].map((objectKey) => ({ objectKey, metadata: { n: NaN } })) });',
        says: 'ChromaSyncInvocationBatch "all" has 2 arguments that cannot be used:',
      },
    ],
  },
  {
    title: "Helpers, lookups and components",
    run: "preview",
    as: "error",
    program: attempts,
    mistakes: [
      {
        input: 'objectsFromFolder("./none");',
        says: 'objectsFromFolder("./none"): …/none does not exist: pass a folder that the program may read; a relative one is looked up from …',
      },
      {
        input: 'collectionNameFor("-docs", "main");',
        says: 'collectionNameFor cannot begin a collection\'s name with "-docs": use 1 to 63 letters, digits, `.`, `_` and `-`, the first a letter or digit, without two dots in a row.',
      },
      {
        input: "gitCommit(); /* outside of a checkout */",
        says: "gitCommit found no commit in …: fatal: not a git repository…. Run Pulumi in a git checkout or name one with directory; if a CI job has none, install env-ci (npm install env-ci).",
      },
      {
        input: 'return resolveBranch("/none", "main");',
        says: "resolveBranch could not read /none: fatal: '/none' does not appear to be a git repository …. Check the name, and that git on this machine may read it.",
      },
      {
        input: 'return getSource({ repository: "acme/none" });',
        says: 'getSource found no source for {"repository":"acme/none"}. Of its kind there are: … (acme/docs, database db). Correct the query, use a key of the team that owns the source, or create it with ChromaSyncSource.',
      },
      {
        input: 'return getSource({ repository: "acme/docs", bucketName: "b" });',
        says: "getSource requires exactly one of id, repository, bucketName and startingUrl.",
      },
      {
        input: 'new ChromaSyncedBucket("docs", { objects: [] });',
        says: 'ChromaSyncedBucket "docs" requires either source or sourceId.',
      },
      {
        input:
          'new ChromaSyncedRepository("code", { sourceId, commit, deleteSuperseded: true, waitForCompletion: false });',
        says: 'ChromaSyncedRepository "code" cannot delete the previous collection while the new one may be incomplete: keep waitForCompletion on, without onTimeout: "warn", or remove deleteSuperseded.',
      },
    ],
  },
];
