import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";
import { gitIn } from "../support/git.js";
import { enginePath } from "../support/project.js";

const run = promisify(execFile);

test("automation-api syncs a commit from a TypeScript program and prints what happens", async () => {
  const project = new Example("automation-api");
  const git = gitIn(project.folder);
  git("init", "--quiet", "--initial-branch=main");
  git("add", "README.md");
  git("commit", "--quiet", "-m", "first");
  const sha = git("rev-parse", "HEAD");
  const emulator = await startEmulator({
    token: "key",
    seed: { repositories: { "acme/app": project.folder } },
  });
  const env = {
    ...process.env,
    PATH: enginePath(),
    PULUMI_BACKEND_URL: `file://${path.join(project.folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_HOME: path.join(project.folder, "home"),
    CHROMA_API_KEY: "key",
    CHROMA_SYNC_ENDPOINT: emulator.url,
  };
  const options = { cwd: project.folder, env };
  try {
    const compiled = await run(path.join(project.folder, "node_modules/.bin/tsc"), [], options).catch(
      (error) => error,
    );
    expect(compiled.stdout).toBe("");
    const { stdout } = await run(process.execPath, ["index.js", sha], options);
    expect(stdout).toContain("✓ create code");
    expect(stdout).toMatch(new RegExp(`collection: code-[0-9a-f]{8}-${sha}`));
    expect(stdout).not.toContain("key");
    expect(emulator.jobs()).toMatchObject([{ status: { complete: {} } }]);
    const failed = await run(process.execPath, ["index.js", "main"], options).catch((error) => error);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain("sha must be a full commit id");
    expect(failed.stderr).toBe("pulumi up failed\n");
    const without = await run(process.execPath, ["index.js"], options).catch((error) => error);
    expect(without.stderr).toContain("usage: node index.js <full id");
    expect(stdout).not.toContain("RegisterResource");
  } finally {
    await emulator.close();
    project.remove();
  }
});
