import * as fc from "fast-check";
import { encodeBatchEntries } from "../../src/model/batch-encoding.js";
import {
  BATCH_TYPES,
  FILE_TYPES,
  FILES_TYPES,
  INVOCATION_TYPES,
  PROVIDER_TYPES,
  SOURCE_TYPES,
} from "../../src/model/resource-types.js";
import { UNKNOWN } from "../../src/model/unknown.js";
import { type Config, chromaSyncPolicies, RULES, type SeenResource } from "../../src/policy/index.js";

// The proxy that a pack's runner puts around inputs at preview; it has no types of its own.
const { unknownCheckingProxy } = jest.requireActual("@pulumi/policy/proxy");

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const SHA = "3f786850e387550fdab836ed7e6dc881de23001b";
const TYPES = {
  invocation: INVOCATION_TYPES[0]!,
  batch: BATCH_TYPES[0]!,
  file: FILE_TYPES[0]!,
  files: FILES_TYPES[0]!,
  source: SOURCE_TYPES[0]!,
  provider: PROVIDER_TYPES[0]!,
};

const seen = (kind: keyof typeof TYPES, props: Record<string, unknown>, name = "a"): SeenResource => ({
  type: TYPES[kind],
  name,
  props,
});
const sync = (props: object, name?: string) => seen("invocation", { sourceId: SOURCE, ...props }, name);
const github = (ref: object, collection: string, name?: string) =>
  sync({ refIdentifier: ref, targetCollectionName: collection }, name);
const batch = (...entries: { objectKey: string; customId?: string; metadata?: Record<string, unknown> }[]) =>
  seen("batch", { sourceId: SOURCE, entries: encodeBatchEntries(entries) });

const upload = (filename: string, collectionName = "docs", name?: string) =>
  seen("file", { databaseName: "db", collectionName, filename }, name);
const folder = (...names: string[]) => {
  const entries = { __text: encodeBatchEntries(names.map((objectKey) => ({ objectKey, version: "1" }))) };
  return seen("files", { databaseName: "db", collectionName: "docs", folder: "docs", entries });
};

/** What violates each rule, and what does not, with the options that it is judged by. */
const PAIRS: Record<string, { options?: Config; bad: SeenResource[][]; good: SeenResource[][] }> = {
  "pinned-ref": {
    options: { allowedBranches: ["release/*"] },
    bad: [[github({ branch: "main" }, "docs")], [github({ sha: "abc1234" }, "docs")]],
    good: [
      [github({ sha: SHA }, "docs")],
      [github({ branch: "release/1" }, "docs")],
      [sync({ objectKey: "a" })],
    ],
  },
  "collection-of-ref": {
    bad: [[github({ sha: SHA }, "docs")], [github({ branch: "main" }, "docs")]],
    good: [
      [github({ sha: SHA }, `docs-${SHA.slice(0, 10)}`)],
      [github({ branch: "release/1" }, "docs-release-1")],
    ],
  },
  "collection-name": {
    bad: [[sync({ targetCollectionName: "a b" })]],
    good: [[sync({ targetCollectionName: "a-b" })]],
  },
  "custom-id-length": {
    bad: [
      [sync({ objectKey: "a", customId: "é".repeat(61) })],
      [batch({ objectKey: "a", customId: "x".repeat(121) })],
    ],
    good: [[sync({ objectKey: "a", customId: "x".repeat(120) })]],
  },
  "metadata-limits": {
    options: { requiredKeys: ["team"], forbiddenKeys: ["internal*"], maxKeys: 2 },
    bad: [
      [sync({ objectKey: "a" })],
      [sync({ objectKey: "a", metadata: { team: "t", internalCode: 1 } })],
      [sync({ objectKey: "a", metadata: { team: "t", b: 1, c: 1 } })],
      [sync({ objectKey: "a", metadata: { team: { deep: 1 } } })],
      [sync({ objectKey: "a", metadata: { team: "x".repeat(8183) } })],
      [batch({ objectKey: "a", metadata: { team: "t" } }, { objectKey: "b" })],
    ],
    good: [
      [sync({ objectKey: "a", metadata: { team: "t", tags: ["x", "y"] } })],
      [github({ sha: SHA }, "docs")],
    ],
  },
  "no-credentials": {
    bad: [
      [sync({ objectKey: "a", metadata: { x: "AKIAIOSFODNN7EXAMPLE" } })],
      [sync({ metadata: { x: ["-----BEGIN PRIVATE KEY-----"] } })],
    ],
    good: [[sync({ objectKey: "a", metadata: { x: "a word" } })]],
  },
  "allowed-targets": {
    options: { sources: [SOURCE.toUpperCase()], collections: ["docs-*"] },
    bad: [[sync({ sourceId: "another" })], [sync({ targetCollectionName: "other" })]],
    good: [[sync({ targetCollectionName: "docs-1" })], [sync({ objectKey: "a" })]],
  },
  "object-key-prefix": {
    options: { prefixes: { [SOURCE]: ["tenant-a/"], "*": [] } },
    bad: [
      [sync({ objectKey: "tenant-b/x" })],
      [sync({ objectKey: "tenant-a/../tenant-b/x" })],
      [sync({ objectKey: "tenant-a/%2e%2e/tenant-b/x" })],
      [sync({ objectKey: "tenant-a/%252e%252e/x" })],
      [sync({ sourceId: "other", objectKey: "tenant-a/x" })],
      [batch({ objectKey: "tenant-a/x" }, { objectKey: "x" })],
    ],
    good: [[sync({ objectKey: "tenant-a/x" })], [batch({ objectKey: "tenant-a/100%" })]],
  },
  "document-budget": { bad: [[sync({ objectKey: "a.PDF" })]], good: [[sync({ objectKey: "a.md" })]] },
  "wait-in-ci": {
    bad: [[sync({})], [batch({ objectKey: "a" })], [upload("a.md")], [folder("a.md")]],
    good: [[sync({ waitForCompletion: { timeoutSeconds: 5 } })]],
  },
  "cancel-on-delete": { bad: [[sync({ cancelOnDelete: false })]], good: [[sync({})]] },
  "web-limits": {
    bad: [
      [seen("source", { webScrape: { startingUrl: "https://x" } })],
      [seen("source", { webScrape: { pageLimit: 501, maxDepth: 1 } })],
    ],
    good: [
      [seen("source", { webScrape: { pageLimit: 500, maxDepth: 1 } })],
      [seen("source", { github: {} })],
    ],
  },
  "allowed-databases": {
    options: { databases: ["prod-*"] },
    bad: [[seen("source", { databaseName: "dev" })], [upload("a.md")], [folder("a.md")]],
    good: [[seen("source", { databaseName: "prod-1" })], [sync({ objectKey: "a" })]],
  },
  "no-inline-aws-keys": {
    bad: [[seen("source", { s3: { awsAccessKeyId: "AKIA", awsSecretAccessKey: "x" } })]],
    good: [[seen("source", { s3: { awsCredentialId: 1 } })]],
  },
  "https-endpoint": {
    bad: [
      [seen("provider", { "chroma-sync:endpoint": "http://sync.example.com" })],
      [seen("provider", { "chroma-sync:endpoint": "http://127.0.0.1.example.com" })],
    ],
    good: [
      [seen("provider", { "chroma-sync:endpoint": "https://sync.example.com" })],
      [seen("provider", { "chroma-sync:endpoint": "http://127.0.0.1:8000" })],
      [seen("provider", {})],
    ],
  },
  "one-sync-per-key": {
    bad: [
      [sync({ objectKey: "a" }, "x"), sync({ objectKey: "a" }, "y")],
      [sync({ objectKey: "a" }), batch({ objectKey: "a" })],
      [upload("a.md"), folder("b.md", "a.md")],
    ],
    good: [
      [
        upload("a.md"),
        upload("a.md", "others"),
        folder("b.md"),
        sync({ objectKey: "a.md", targetCollectionName: "docs" }),
      ],
      [upload("a.md"), seen("file", { databaseName: "other", collectionName: "docs", filename: "a.md" })],
      [sync({ objectKey: "a" }), sync({ objectKey: "b" })],
      [sync({ objectKey: "a" }), sync({ objectKey: "a", targetCollectionName: "other" })],
    ],
  },
  "one-ref-per-collection": {
    bad: [[github({ sha: SHA }, "docs"), github({ branch: "main" }, "docs")]],
    good: [[github({ sha: SHA }, "docs-1"), github({ branch: "main" }, "docs-2")]],
  },
  "one-writer-per-collection": {
    bad: [
      [github({ sha: SHA }, "docs", "x"), sync({ objectKey: "a", targetCollectionName: "docs" }, "y")],
      [
        seen("source", { sourceId: SOURCE, databaseName: "db" }),
        github({ sha: SHA }, "docs", "x"),
        upload("a.md", "docs", "y"),
      ],
    ],
    good: [
      [
        sync({ objectKey: "a", targetCollectionName: "docs" }, "x"),
        sync({ objectKey: "b", targetCollectionName: "docs" }, "y"),
      ],
    ],
  },
  "max-syncs-per-stack": {
    options: { max: 2 },
    bad: [
      [batch({ objectKey: "a" }, { objectKey: "b" }, { objectKey: "c" })],
      [folder("a.md", "b.md"), upload("c.md")],
    ],
    good: [[sync({}), sync({})]],
  },
  "cost-estimate": {
    bad: [
      [sync({ objectKey: "a.pdf" })],
      [folder("a.pdf")],
      [upload("a.pdf")],
      [seen("source", { webScrape: { pageLimit: 500 } })],
    ],
    good: [[sync({ objectKey: "a.md" })]],
  },
};

const violations = (name: string, resources: SeenResource[], options: Config = {}) => {
  const rule = RULES.find((one) => one.name === name)!;
  return "check" in rule
    ? resources.flatMap((resource) => rule.check(resource, options))
    : rule.checkStack(resources, options);
};

test("every rule has its pairs", () => {
  expect(Object.keys(PAIRS).sort()).toEqual(RULES.map(({ name }) => name).sort());
});

describe.each(Object.entries(PAIRS))("%s", (name, { options, bad, good }) => {
  test.each(
    bad.map((one) => [JSON.stringify(one).slice(0, 120), one] as const),
  )("is violated by %s", (_text, resources) => {
    expect(violations(name, resources, options).length).toBeGreaterThan(0);
  });
  test.each(
    good.map((one) => [JSON.stringify(one).slice(0, 120), one] as const),
  )("lets pass %s", (_text, resources) => {
    expect(violations(name, resources, options)).toEqual([]);
  });
});

test("no violation tells metadata, triggers or keys", () => {
  const secret = "hush-hush-AKIAIOSFODNN7EXAMPLE";
  const resources = [
    sync({
      objectKey: "a.pdf",
      metadata: { x: secret, [secret]: "AKIAIOSFODNN7EXAMPLE" },
      customId: secret.repeat(9),
      triggers: [secret],
    }),
    seen("source", { s3: { awsAccessKeyId: secret }, databaseName: secret }),
  ];
  const options = { databases: ["x"], forbiddenKeys: ["*"], maxKeys: 1 };
  const all = RULES.flatMap(({ name }) => violations(name, resources, options));
  expect(all.length).toBeGreaterThan(5);
  expect(all.join("\n")).not.toMatch(/hush|AKIA/);
});

test("no rule throws, whatever the inputs and the options are", () => {
  const kind = fc.constantFrom(...(Object.keys(TYPES) as (keyof typeof TYPES)[]));
  const json = fc.jsonValue();
  const props = fc.oneof(
    fc.dictionary(
      fc.constantFrom(
        "sourceId",
        "targetCollectionName",
        "refIdentifier",
        "objectKey",
        "customId",
        "metadata",
        "entries",
        "objects",
        "webScrape",
        "s3",
        "databaseName",
      ),
      json,
    ),
    fc.dictionary(fc.string(), json),
  );
  const options = fc.dictionary(
    fc.constantFrom(
      "allowedBranches",
      "requiredKeys",
      "forbiddenKeys",
      "maxKeys",
      "sources",
      "collections",
      "prefixes",
      "databases",
      "max",
      "aboveUsd",
    ),
    json,
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(kind, props), { maxLength: 4 }), options, (list, config) => {
      const resources = list.map(([one, values]) => seen(one, values as Record<string, unknown>));
      for (const { name } of RULES) violations(name, resources, config as Config);
    }),
    { numRuns: 500 },
  );
});

test("a value that is not known yet is reported by the engine's own means, never passed over", () => {
  const props = unknownCheckingProxy({ sourceId: SOURCE, targetCollectionName: UNKNOWN });
  expect(() => violations("collection-name", [seen("invocation", props)])).toThrow(/targetCollectionName/);
});

test("an option that names an unknown rule is refused, and a level is taken", () => {
  expect(() => chromaSyncPolicies({ "pinned-reff": "disabled" })).toThrow('no rule "pinned-reff"');
  const policies = chromaSyncPolicies({
    "pinned-ref": "mandatory",
    "wait-in-ci": { enforcementLevel: "remediate" },
  });
  const levels = Object.fromEntries(policies.map((one) => [one.name, one.enforcementLevel]));
  expect([levels["pinned-ref"], levels["wait-in-ci"], levels["collection-name"]]).toEqual([
    "mandatory",
    "remediate",
    "mandatory",
  ]);
});
