import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";
import { Project } from "../support/project.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const repository = temporaryFolder();
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: repository,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
const commits: string[] = [];

let emulator: Emulator;
let project: Project;
const declare = (args: string) =>
  project.write({
    "index.ts": `import { ChromaSyncedRepository } from "pulumi-chroma-sync";
const code = new ChromaSyncedRepository("code", { ${args} } as never);
export const collection = code.collectionName;
export const invocation = code.invocation.invocationId;`,
  });
const source = 'source: { databaseName: "db", repository: "acme/app" }';

beforeAll(async () => {
  git("init", "--quiet", "--initial-branch=main");
  for (const message of ["first", "second"]) {
    git("commit", "--quiet", "--allow-empty", "-m", message);
    commits.push(git("rev-parse", "HEAD"));
  }
  emulator = await startEmulator({
    token: "k",
    seed: {
      sources: [{ id: SOURCE, database_name: "other", github: { repository: "acme/app" } }],
      repositories: { "acme/app": path.resolve(repository) },
    },
  });
  project = new Project("components", {}, { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url });
  project.init();
});

afterAll(async () => {
  await emulator.close();
  project.remove();
});

test("each commit has a collection of its own, known once its sync is complete; a roll-back adopts", async () => {
  const outputs: Record<string, unknown>[] = [];
  for (const commit of [commits[0], commits[1], commits[0]]) {
    declare(`${source}, commit: "${commit}"`);
    const { code, output } = await project.up("--skip-preview");
    expect({ code, output }).toMatchObject({ code: 0 });
    outputs.push(await project.outputs());
    expect(outputs.at(-1)).toMatchObject({ collection: `code-${commit}` });
  }
  expect(emulator.jobs().map(({ status }) => Object.keys(status as object))).toEqual([
    ["complete"],
    ["complete"],
  ]);
  expect(outputs[2]).toEqual(outputs[0]);
});

test("a sync that fails leaves the output on the collection before", async () => {
  declare(`${source}, commit: "${"0".repeat(40)}"`);
  expect((await project.up("--skip-preview")).code).not.toBe(0);
  expect(await project.outputs()).toMatchObject({ collection: `code-${commits[0]}` });
});

test("a source that exists is named by its id, and one of both is asked for", async () => {
  declare(`sourceId: "${SOURCE}", commit: "${commits[1]}", collectionPrefix: "app"`);
  const { code, output } = await project.up("--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(emulator.jobs().at(-1)).toMatchObject({ source_id: SOURCE });
  expect(await project.outputs()).toMatchObject({ collection: `app-${commits[1]}` });
  declare(`commit: "${commits[1]}"`);
  const refused = await project.preview();
  expect(refused.output).toContain("takes source or sourceId, one of them");
});
