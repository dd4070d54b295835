import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";
import { repositoryIn } from "../support/git.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const root = path.join(__dirname, "../..");

test("quickstart syncs what is configured, and leaves out what is not", async () => {
  const project = new Example("quickstart", { CHROMA_API_KEY: "key" });
  const sha = repositoryIn(path.join(project.folder));
  const s3 = { bucket_name: "b", region: "us-east-1", collection_name: "objects" };
  const emulator = await startEmulator({
    token: "key",
    seed: {
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/app" } },
        { id: S3, database_name: "db", s3 },
      ],
      buckets: { b: project.folder },
      repositories: { "acme/app": project.folder },
    },
  });
  project.setEnvironment({ CHROMA_SYNC_ENDPOINT: emulator.url });
  try {
    project.init();
    expect((await project.preview()).output).toContain("No source is configured");
    for (const [key, value] of [
      ["githubSourceId", GITHUB],
      ["sha", sha],
      ["s3SourceId", S3],
    ])
      await project.pulumi("config", "set", key!, value!);
    expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(await project.outputs()).toMatchObject({
      invocations: {
        repository: { status: "complete", collectionName: `repository-${sha.slice(0, 12)}` },
        object: { status: "complete", collectionName: "objects" },
      },
    });
    expect(await project.destroy("--skip-preview")).toMatchObject({ code: 0 });
  } finally {
    await emulator.close();
    project.remove();
  }
});

test("npm run demo previews, creates, replaces, refreshes and destroys one sync of each kind", () => {
  const { status, stdout } = spawnSync(process.execPath, [path.join(root, "examples/demo.mjs")], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_BACKEND_URL: "", CHROMA_API_KEY: "", NO_COLOR: "1" },
  });
  expect(status).toBe(0);
  expect(stdout).toContain("+-1 replaced");
  // Two commits of the repository, the object and the site; a checkout with one commit begins with the default branch.
  expect(stdout.match(/^[0-9a-f-]{36} {2}complete {2}(repository-|files|site)/gm)).toHaveLength(4);
});
