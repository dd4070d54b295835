import * as fs from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";
import { capture } from "../support/capture.js";
import { Example } from "../support/example.js";
import { policyPack } from "../support/policy.js";
import { GITHUB, oneSync, S3 } from "./one-sync.js";

const SHA = "3f786850e387550fdab836ed7e6dc881de23001b";

/** A stack with the ready pack, and runs of it under a configuration. */
async function checked() {
  const stack = await oneSync({ pendingMs: 600_000 });
  const { flags, PATH } = policyPack(stack.project.folder);
  stack.project.setEnvironment({ PATH });
  // What a batch asks at preview of its keys is a POST that reads.
  const posts = () =>
    stack.emulator.requests.filter((line) => /^POST (?!.*latest-by-keys)/.test(line)).length;
  const run = (command: "preview" | "up", config: object, ...args: string[]) => {
    stack.project.write({ "config.json": JSON.stringify(config) });
    return stack.project[command](...flags, "--policy-pack-config", "config.json", ...args);
  };
  return { ...stack, posts, run };
}

test("a mandatory rule stops an up at its preview, with no request; advisory and disabled ones stop nothing", async () => {
  const { declare, posts, run } = await checked();
  declare(`sourceId: "${GITHUB}", refIdentifier: { branch: "main" }, targetCollectionName: "docs"`);
  const stopped = await run("up", { "pinned-ref": "mandatory", "collection-of-ref": "disabled" });
  expect(stopped.code).not.toBe(0);
  expect(stopped.output).toContain("[mandatory]  pinned-ref");
  expect(stopped.output).toContain(
    'a: refIdentifier "main" is not a full commit id: pin it with gitCommit()',
  );
  expect(stopped.output).not.toContain("collection-of-ref");
  expect(posts()).toBe(0);
  capture("policy-stop", "pulumi up --policy-pack policy-pack", stopped.output);
  const skipped = await run("up", { "pinned-ref": "mandatory" }, "--skip-preview");
  expect(skipped.code).not.toBe(0);
  expect(posts()).toBe(0);
  const advised = await run("up", { "pinned-ref": "advisory", "wait-in-ci": "disabled" });
  expect(advised.code).toBe(0);
  expect(advised.output).toContain("[advisory]  pinned-ref");
  expect(advised.output).not.toContain("wait-in-ci");
  expect(posts()).toBe(1);
});

test("a rule about the stack stops at the preview, and with --skip-preview before the create that violates it", async () => {
  const { project, posts, run } = await checked();
  project.write({
    "index.ts": `
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
for (const name of ["x", "y"]) new ChromaSyncInvocation(name, { sourceId: "${S3}", objectKey: "a" });
`,
  });
  const stopped = await run("up", {});
  expect(stopped.output).toContain("both sync object key");
  expect([stopped.code === 0, posts()]).toEqual([false, 0]);
  const late = await run("up", {}, "--skip-preview");
  expect(late.output).toContain("both sync object key");
  expect([late.code === 0, posts()]).toEqual([false, 1]);
});

test("objects of a batch are judged one by one, and options come from the pack's configuration", async () => {
  const { project, posts, run } = await checked();
  project.write({
    "index.ts": `
import { ChromaSyncInvocationBatch } from "pulumi-chroma-sync";
new ChromaSyncInvocationBatch("batch", { sourceId: "${S3}", objects: [{ objectKey: "tenant-a/x" }, { objectKey: "tenant-b/%2e%2e/y" }] });
`,
  });
  const prefixes = { prefixes: { [S3]: ["tenant-a/"] } };
  const stopped = await run("preview", { "object-key-prefix": prefixes });
  expect(stopped.code).not.toBe(0);
  expect(stopped.output).toContain('batch: object key "tenant-b/%2e%2e/y" leads out of its folder');
  expect(stopped.output).not.toContain('object key "tenant-a/x"');
  expect(posts()).toBe(0);
});

/** What a stack of the two programs is judged by, if a rule needs an option. */
const DEMANDS = {
  "metadata-limits": { requiredKeys: ["team"] },
  "allowed-targets": { collections: ["docs-*", "objects-*"] },
  "object-key-prefix": { prefixes: { "*": ["p/"] } },
  "max-syncs-per-stack": { max: 6 },
};

test.each([
  [
    ["pinned-ref", "collection-of-ref", "allowed-targets", "wait-in-ci"],
    `new ChromaSyncInvocation("a", { sourceId: "${GITHUB}", refIdentifier: { branch: "main" }, targetCollectionName: "other" });`,
  ],
  [
    ["metadata-limits", "no-credentials", "object-key-prefix", "document-budget", "cancel-on-delete"],
    `new ChromaSyncInvocation("a", { sourceId: "${S3}", objectKey: "q/a.pdf", cancelOnDelete: false, metadata: { key: "AKIAIOSFODNN7EXAMPLE" } });`,
  ],
  [
    // The provider's own check refuses these as well, whichever of the two comes first.
    ["custom-id-length", "https-endpoint"],
    `new ChromaSyncInvocation("a", { sourceId: "${S3}", objectKey: "p/a", customId: "x".repeat(121) }, { provider: new ChromaSyncProvider("far", { endpoint: "http://sync.example.com" }) });`,
  ],
])("the rules %j report through the engine what violates them", async (names, declaration) => {
  const { project, posts, run } = await checked();
  project.write({
    "index.ts": `import { ChromaSyncInvocation, ChromaSyncProvider } from "pulumi-chroma-sync";\n${declaration}\nexport const far = ChromaSyncProvider.name;\n`,
  });
  const { output } = await run("preview", DEMANDS);
  const reported = [...output.matchAll(/\[(?:mandatory|advisory)\]\s+(\S+)/g)].map(([, name]) => name);
  expect(reported).toEqual(expect.arrayContaining(names));
  expect(output).not.toContain("AKIA");
  expect(posts()).toBe(0);
});

test("every rule about the stack reports through the engine, and a stack that violates nothing is silent", async () => {
  const { project, posts, run } = await checked();
  const program = (syncs: string[]) =>
    project.write({
      "index.ts": `import { ChromaSyncInvocation } from "pulumi-chroma-sync";
${syncs.map((inputs, n) => `new ChromaSyncInvocation("s${n}", { ${inputs}, waitForCompletion: true });`).join("\n")}
`,
    });
  const github = (branch: string, collection: string) =>
    `sourceId: "${GITHUB}", refIdentifier: { branch: "${branch}" }, targetCollectionName: "${collection}"`;
  const pdf = `sourceId: "${S3}", objectKey: "p/a.pdf", metadata: { team: "t" }`;
  program([github("main", "docs-x"), github("dev", "docs-x"), pdf, pdf]);
  const config = {
    ...DEMANDS,
    "max-syncs-per-stack": { max: 3 },
    "document-budget": { acknowledgedUsd: 100 },
  };
  const { output } = await run("preview", config);
  for (const name of [
    "one-sync-per-key",
    "one-ref-per-collection",
    "one-writer-per-collection",
    "max-syncs-per-stack",
    "cost-estimate",
  ])
    expect(output).toContain(`]  ${name}`);
  expect(output).toContain("$0.02 to $140.00");
  program([
    `sourceId: "${GITHUB}", refIdentifier: { sha: "${SHA}" }, targetCollectionName: "docs-${SHA}"`,
    `sourceId: "${S3}", objectKey: "p/a", metadata: { team: "t" }`,
  ]);
  const silent = await run("preview", config);
  expect(silent.output).not.toMatch(/\[(mandatory|advisory)\]/);
  expect([silent.code, posts()]).toEqual([0, 0]);
});

test("a remediation sets what has one right answer, if it is asked for", async () => {
  const { declare, emulator, run, state } = await checked();
  emulator.behaviour.pendingMs = 0;
  declare(`sourceId: "${S3}", objectKey: "a"`);
  const done = await run("up", { "wait-in-ci": "remediate" });
  expect(done.code).toBe(0);
  expect((await state()).outputs).toMatchObject({ waitForCompletion: true, status: "complete" });
});

test("a configuration that does not fit is a clear error", async () => {
  const { declare, run } = await checked();
  declare(`sourceId: "${S3}", objectKey: "a"`);
  const { code, output } = await run("preview", { "max-syncs-per-stack": { max: "many" } });
  expect(code).not.toBe(0);
  expect(output).toContain("max-syncs-per-stack");
  expect(output).toMatch(/max/);
  const misspelt = await run("preview", { "max-syncs-per-stack": { maximum: 5 } });
  expect(misspelt.code).not.toBe(0);
  expect(misspelt.output).toContain(
    'max-syncs-per-stack has no option "maximum": its options are enforcementLevel, max.',
  );
  expect(misspelt.output).not.toMatch(/^\s+at /m);
});

test("a value that is not known at preview is reported, and judged at up", async () => {
  const { project, posts, run } = await checked();
  project.write({
    "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
class Maker implements pulumi.dynamic.ResourceProvider {
  async create() { return { id: "1", outs: { name: "docs-other" } }; }
}
class Made extends pulumi.dynamic.Resource {
  declare readonly name: pulumi.Output<string>;
  constructor() { super(new Maker(), "made", { name: undefined }); }
}
new ChromaSyncInvocation("a", { sourceId: "${GITHUB}", refIdentifier: { sha: "${SHA}" }, targetCollectionName: new Made().name });
`,
  });
  const config = { "collection-of-ref": "mandatory" };
  const preview = await run("preview", config);
  expect(preview.code).toBe(0);
  expect(preview.output).toMatch(/can't run policy 'collection-of-ref'.*preview/);
  const up = await run("up", config);
  expect(up.code).not.toBe(0);
  expect(up.output).toContain('targetCollectionName "docs-other" does not hold');
  expect(posts()).toBe(0);
});

describe("the example policy-checked", () => {
  const ciFiles = ["github-actions.yml", "gitlab-ci.yml"];
  test("stops a branch, syncs a commit, and its CI files run what the README shows", async () => {
    const { emulator } = await oneSync();
    const example = new Example("policy-checked", {
      CHROMA_API_KEY: "k",
      CHROMA_SYNC_ENDPOINT: emulator.url,
    });
    const { flags, PATH } = policyPack(example.folder);
    example.setEnvironment({ PATH });
    example.init();
    await example.pulumi("config", "set", "sourceId", S3.replace(/2$/, "1"));
    const config = ["--policy-pack-config", "policy-config.json"];
    await example.pulumi("config", "set", "sha", "main");
    expect((await example.up(...flags, ...config)).code).not.toBe(0);
    expect(emulator.jobs()).toHaveLength(0);
    await example.pulumi("config", "set", "sha", SHA);
    const synced = await example.up(...flags, ...config, "--skip-preview");
    expect(emulator.jobs()).toHaveLength(1);
    // The emulator's checkout has no such commit, which is the sync's own failure and no policy's.
    expect(synced.output).toContain(`commit ${SHA} does not exist`);
    for (const file of ciFiles) {
      const text = fs.readFileSync(path.join(example.folder, file), "utf8");
      expect(() => load(text)).not.toThrow();
      expect(text).toContain(
        "--policy-pack node_modules/pulumi-chroma-sync/policy-pack --policy-pack-config policy-config.json",
      );
    }
    example.remove();
  });
});
