import * as fs from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Job {
  permissions?: Record<string, string>;
  environment?: string;
  needs?: string;
  env?: Record<string, string>;
  steps: Step[];
}
interface Workflow {
  permissions: Record<string, string>;
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

const root = path.join(__dirname, "..");
const OURS = fs.readdirSync(path.join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const COPIED = ["github-after-deploy", "policy-checked"].map((name) => `examples/${name}/github-actions.yml`);
const text = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const workflow = (file: string) => load(text(file)) as Workflow;
const jobs = (file: string) => Object.entries(workflow(file).jobs);

test.each([...OURS, ...COPIED])("%s pins each action by commit, and says which version that is", (file) => {
  const lines = text(file)
    .split("\n")
    .filter((line) => /\buses:/.test(line));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test.each([...OURS, ...COPIED])("%s gives jobs what they need, and secrets to single steps", (file) => {
  const { permissions, env = {} } = workflow(file);
  expect([{}, { contents: "read" }]).toContainEqual(permissions);
  const shared = JSON.stringify([env, ...jobs(file).map(([, job]) => job.env ?? {})]);
  expect(shared).not.toMatch(/secrets\.|github\.token/);
  const installs = jobs(file).flatMap(([, { steps }]) =>
    steps.filter(({ run }) => /^npm (ci|install)/.test(run ?? "")),
  );
  for (const step of installs) expect(JSON.stringify(step.env ?? {})).not.toMatch(/secrets\.|github\.token/);
});

test("no job can write, but for the one that publishes and the one that reports", () => {
  const writing = OURS.flatMap((file) =>
    jobs(file).flatMap(([name, { permissions = {} }]) => {
      const rights = Object.keys(permissions).filter((right) => permissions[right] === "write");
      return rights.length > 0 ? [[path.basename(file, ".yml"), name, rights.sort()]] : [];
    }),
  );
  expect(writing).toEqual([
    ["release", "publish", ["attestations", "contents", "id-token"]],
    ["scorecard", "scorecard", ["id-token", "security-events"]],
  ]);
});

test("what is published was packed by the tested job, in a protected environment, with scripts off", () => {
  const { pack, publish } = workflow(".github/workflows/release.yml").jobs as Record<"pack" | "publish", Job>;
  const commands = pack.steps.flatMap(({ run }) => run ?? []);
  expect(commands.indexOf(".ci/run")).toBeGreaterThanOrEqual(0);
  expect(commands.indexOf("npm run release -- --pack")).toBeGreaterThan(commands.indexOf(".ci/run"));
  expect(publish).toMatchObject({ needs: "pack", environment: "release" });
  const artifact = (job: Job, action: string) =>
    job.steps.find(({ uses }) => uses?.startsWith(`actions/${action}@`))!.with;
  expect(artifact(publish, "download-artifact")).toMatchObject({ name: "release", path: "dist-release" });
  expect(artifact(pack, "upload-artifact")).toMatchObject({ name: "release", path: "dist-release" });
  // Nothing of others is installed or run where there is a right to publish.
  const running = publish.steps.flatMap(({ run }) => run ?? []).join("\n");
  expect(running).toContain("node .ci/release.mjs --publish");
  expect(running).not.toMatch(/\b(npm|npx|cargo|pip|go)\b/);
  expect(text(".ci/release.mjs").match(/"publish", .*/g)).toEqual([
    expect.stringContaining('"--ignore-scripts", "--provenance"'),
  ]);
});
