import { createHash } from "node:crypto";
import * as path from "node:path";
import { ChromaClient } from "chromadb";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";
import { chromaServer } from "../support/chroma.js";
import { commitIn, repositoryIn } from "../support/git.js";
import { Project } from "../support/project.js";

const repository = temporaryFolder();

let server: Awaited<ReturnType<typeof chromaServer>>;
let chroma: ChromaClient;
let emulator: Emulator;
let project: Project;
let first: string;
let second: string;

/** A synced repository, and an application that switches over to its collection, or fails to. */
const declare = (commit: string, { fails = false, more = "", sync = "", chroma: at = server.url } = {}) =>
  project.write({
    "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncedRepository } from "pulumi-chroma-sync";
const code = new ChromaSyncedRepository("code", {
  source: { databaseName: "default_database", repository: "acme/app" },
  commit: "${commit}",
  deleteSuperseded: { endpoint: "${at}", tenant: "default_tenant" },
  ${sync}
});
const url = "${server.url}/api/v2/tenants/default_tenant/databases/default_database/collections";
const list = async () => ((await (await fetch(url)).json()) as { name: string }[]).map(({ name }) => name).sort();
const application: pulumi.dynamic.ResourceProvider = {
  create: async (inputs) => ({ id: "app", outs: { ...inputs, seen: await list() } }),
  update: async (_id, _olds, news) => {
    if (news.fails) throw new Error("the application does not start");
    return { outs: { ...news, seen: await list() } };
  },
};
class Application extends pulumi.dynamic.Resource {
  declare readonly seen: pulumi.Output<string[]>;
  constructor(args: object) {
    super(application, "app", { seen: undefined, ...args });
  }
}
export const seen = new Application({ collection: code.collectionName, fails: ${fails} }).seen;
${more}`,
  });
/** The name that the component gives to a commit of its source, in this stack. */
const of = (commit: string) => `code-${digest}-${commit}`;
let digest: string;
const collections = async () => (await chroma.listCollections()).map(({ name }) => name).sort();
const up = async () => {
  const { code, output } = await project.up("--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  return output;
};

beforeAll(async () => {
  first = repositoryIn(repository);
  second = commitIn(repository, "second");
  server = await chromaServer();
  const { hostname, port } = new URL(server.url);
  chroma = new ChromaClient({ host: hostname, port: Number(port) });
  emulator = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    chroma: server.url,
    seed: { repositories: { "acme/app": path.resolve(repository) } },
  });
  project = new Project("superseded", {}, { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url });
  project.init();
});

afterAll(async () => {
  await emulator.close();
  await server.close();
  project.remove();
});

test("while the application has not switched over, the previous collection stays, run after run", async () => {
  declare(first);
  await up();
  const source = (await project.resources()).find(({ type }) => type.endsWith(":Source"))!;
  digest = createHash("sha256")
    .update([source.id, "organization", "superseded", "dev"].join("\n"))
    .digest("hex")
    .slice(0, 8);
  expect(await collections()).toEqual([of(first)]);
  declare(second, { fails: true });
  for (let run = 0; run < 2; run++) {
    expect((await project.up("--skip-preview")).output).toContain("the application does not start");
    expect(await collections()).toEqual([of(first), of(second)].sort());
  }
});

test("it is deleted once the application has", async () => {
  declare(second);
  await up();
  expect(await project.outputs()).toEqual({ seen: [of(first), of(second)].sort() });
  expect(await collections()).toEqual([of(second)]);
});

test("an up that leaves out the sync deletes nothing, and mentions no collection that does not exist", async () => {
  declare(first);
  const { code, output } = await project.up("--skip-preview", "--exclude", "**:Invocation::code");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(await collections()).toEqual([of(second)]);
  declare(second);
  expect(await up()).toContain("unchanged");
});

test("an up that leaves out the application keeps what it reads, and the next one deletes it", async () => {
  declare(first);
  const { code, output } = await project.up("--skip-preview", "--exclude", "**::app");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(await collections()).toContain(of(second));
  await up();
  expect(await collections()).toEqual([of(first)]);
  declare(second);
  await up();
});

test("after a sync that failed, an up that leaves it out deletes nothing", async () => {
  declare("0".repeat(40));
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  const without = await project.up("--skip-preview", "--exclude", "**:Invocation::code");
  expect(without.code).not.toBe(0);
  expect(without.output).toContain("keeps the previous collection");
  expect(await collections()).toContain(of(second));
  declare(second);
  await up();
});

test("the preview of a rollback says so; the rollback syncs again what was deleted", async () => {
  declare(first);
  const preview = await project.preview();
  expect(preview.output).toContain(`collection ${of(second)} is deleted at the end of the update`);
  expect(await collections()).toEqual([of(second)]);
  const before = emulator.jobs().length;
  await up();
  expect(await collections()).toEqual([of(first)]);
  expect(emulator.jobs()).toHaveLength(before + 1);
  expect((await project.up("--skip-preview")).output).toContain("unchanged");
});

test("a sync that fails deletes nothing", async () => {
  declare("0".repeat(40));
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  expect(await collections()).toContain(of(first));
});

test("a collection that may be incomplete replaces none", async () => {
  for (const sync of ["waitForCompletion: false", 'waitForCompletion: { onTimeout: "warn" }']) {
    declare(second, { sync });
    expect((await project.preview()).output).toContain("keep waitForCompletion on");
  }
});

test("a collection that another resource is in charge of stays", async () => {
  declare(first);
  await up();
  declare(second, {
    more: `new ChromaSyncedRepository("other", {
  sourceId: code.sourceId, commit: "${first}", collectionPrefix: "code", deleteSuperseded: { endpoint: "${server.url}" },
});`,
  });
  await up();
  expect(await collections()).toEqual([of(first), of(second)].sort());
});

test("a collection that a plain sync of the stack writes to stays", async () => {
  const plain = `import { ChromaSyncInvocation } from "pulumi-chroma-sync";
new ChromaSyncInvocation("plain", { sourceId: code.sourceId, refIdentifier: { sha: "${second}" }, targetCollectionName: "${of(second)}", onConflict: "adopt" });`;
  declare(second, { more: plain });
  await up();
  declare(first, { more: plain });
  expect(await up()).toContain("stays: another resource of the stack writes to it");
  expect(await collections()).toEqual([of(first), of(second)].sort());
});

test("an address that is not a Chroma server is an error, and the collection is deleted once it is fixed", async () => {
  const [third, fourth] = [commitIn(repository, "third"), commitIn(repository, "fourth")];
  declare(third);
  await up();
  declare(fourth, { chroma: emulator.url });
  const failed = await project.up("--skip-preview");
  expect(failed.code).not.toBe(0);
  expect(failed.output).toContain(`Collection ${of(third)} (database default_database) could not be deleted`);
  expect(await collections()).toContain(of(third));
  declare(fourth);
  await up();
  expect(await collections()).not.toContain(of(third));
  expect(await collections()).toContain(of(fourth));
});

test("destroy deletes no data", async () => {
  const before = await collections();
  const destroyed = await project.destroy("--skip-preview");
  expect(destroyed.code).toBe(0);
  expect(destroyed.output).toContain("only a collection superseded by this update is deleted");
  expect(await collections()).toEqual(before);
});
