import * as fs from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";
import { commitIn, gitIn } from "../support/git.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000001";

let emulator: Emulator;
let project: Example;
/** What is pushed, and so what the service sees. */
let remote: string;
const commits: string[] = [];

const git = (...args: string[]) => gitIn(project.folder)(...args);
const commit = (message: string) => commits.push(commitIn(project.folder, message));

const push = () => git("push", "--quiet", remote, "HEAD:main");
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(project.folder, "out", name), "utf8"));
const posts = () => emulator.requests.filter((request) => request.startsWith("POST ")).length;

beforeAll(async () => {
  project = new Example("github-after-deploy", { CHROMA_API_KEY: "key" });
  git("init", "--quiet", "--initial-branch=main");
  fs.writeFileSync(path.join(project.folder, ".git/info/exclude"), "state/\nhome/\nnode_modules\n");
  remote = `${project.folder}-remote`;
  git("init", "--quiet", "--bare", remote);
  emulator = await startEmulator({
    token: "key",
    seed: {
      sources: [{ id: SOURCE, database_name: "db", github: { repository: "acme/app" } }],
      repositories: { "acme/app": remote },
    },
  });
  project.setEnvironment({ CHROMA_SYNC_ENDPOINT: emulator.url });
  project.init();
  await project.pulumi("config", "set", "sourceId", SOURCE);
  commit("first");
  push();
});

afterAll(async () => {
  await emulator.close();
  project.remove();
  fs.rmSync(remote, { recursive: true, force: true });
});

test("the first up deploys, syncs the commit and points the application at its collection", async () => {
  expect(await project.up()).toMatchObject({ code: 0 });
  expect(read("release.json")).toEqual({ sha: commits[0] });
  expect(read("settings.json")).toEqual({ collection: `code-${commits[0]}` });
  expect(emulator.jobs()[0]).toMatchObject({ status: { complete: {} } });
});

test("an up of files that are not committed is refused by their name", async () => {
  project.overlay("update");
  const { code, output } = await project.up();
  expect(code).not.toBe(0);
  expect(output).toContain("?? another-page.md");
  expect(posts()).toBe(1);
});

test("a sync that fails leaves the application on the collection before", async () => {
  commit("second, not pushed");
  const { code, output } = await project.up();
  expect(code).not.toBe(0);
  expect(output).toContain(`commit ${commits[1]} does not exist in acme/app`);
  expect(read("release.json")).toEqual({ sha: commits[1] });
  expect(read("settings.json")).toEqual({ collection: `code-${commits[0]}` });
});

test("the next up after a push syncs it and switches the application over", async () => {
  push();
  expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
  expect(read("settings.json")).toEqual({ collection: `code-${commits[1]}` });
  expect(posts()).toBe(3);
});

test("a rollback adopts the collection of the earlier commit and starts nothing", async () => {
  git("checkout", "--quiet", commits[0]!);
  expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
  expect(read("settings.json")).toEqual({ collection: `code-${commits[0]}` });
  expect(emulator.jobs()).toHaveLength(3);
  git("checkout", "--quiet", "main");
});

describe("the CI file", () => {
  interface Job {
    steps?: { run?: string }[];
    script?: string[];
  }
  /** What the jobs of a file run. The packages are there already. */
  function commands(file: string, job: string): string[] {
    const document = load(fs.readFileSync(path.join(project.folder, file), "utf8")) as Record<string, never>;
    const jobs = (document.jobs ?? document) as Record<string, Job>;
    const { steps = [], script = [] } = jobs[job]!;
    return [...steps.flatMap(({ run }) => run ?? []), ...script].filter((one) => one !== "npm ci");
  }

  test.each([
    ["github-actions.yml", (sha: string) => ({ GITHUB_ACTIONS: "true", GITHUB_SHA: sha })],
    ["gitlab-ci.yml", (sha: string) => ({ GITLAB_CI: "true", CI_COMMIT_SHA: sha })],
  ])("%s previews a commit, then syncs it", async (file, job) => {
    commit(`for ${file}`);
    push();
    const sha = commits.at(-1)!;
    project.setEnvironment(job(sha));
    for (const [name, jobs] of [
      ["preview", 0],
      ["up", 1],
    ] as const) {
      const before = emulator.jobs().length;
      const lines = commands(file, name);
      expect(lines).toHaveLength(1);
      const [program, ...words] = lines[0]!.replace("--stack production", "--stack dev").split(" ");
      expect(program).toBe("pulumi");
      expect(await project.pulumi(...words)).toMatchObject({ code: 0 });
      expect(emulator.jobs().length - before).toBe(jobs);
    }
    expect(read("settings.json")).toEqual({ collection: `code-${sha}` });
  });
});
