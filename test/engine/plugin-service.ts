import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/index.js";
import { repositoryIn } from "../support/git.js";
import { PluginProject } from "../support/plugin-project.js";

export const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
export const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";

const open = new Set<() => Promise<void>>();

/** An emulator and a project that uses the plugin; closed after the test. */
export async function pluginProject(
  name: string,
  options: EmulatorOptions = {},
  environment: Record<string, string> = {},
) {
  const content = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-content-"));
  fs.mkdirSync(path.join(content, "docs"));
  for (const file of ["a", "docs/guide.md", "docs/reference.md"])
    fs.writeFileSync(path.join(content, file), `# ${file}\n`);
  const sha = repositoryIn(content);
  const emulator = await startEmulator({
    token: "key-of-the-test",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      buckets: { b: content },
      repositories: { "acme/docs": content },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
    ...options,
  });
  const project = new PluginProject(name, {
    CHROMA_API_KEY: "key-of-the-test",
    CHROMA_SYNC_ENDPOINT: emulator.url,
    ...environment,
  });
  open.add(async () => {
    for (const pid of project.plugins()) process.kill(pid, "SIGKILL");
    project.remove();
    fs.rmSync(content, { recursive: true });
    await emulator.close();
  });
  const ids = () => emulator.jobs().map(({ id }) => id);
  const writes = () => emulator.requests.filter((line) => !line.startsWith("GET"));
  /** What the next preview would change, by resource. */
  const plan = async () => {
    const { output } = await project.pulumi("preview", "--json");
    const { steps } = JSON.parse(output.slice(output.indexOf("{\n"), output.lastIndexOf("\n}") + 2));
    // biome-ignore lint/suspicious/noExplicitAny: the shape is the engine's.
    const changes = steps.filter(({ op }: any) => op !== "same");
    return Object.fromEntries(
      // biome-ignore lint/suspicious/noExplicitAny: the shape is the engine's.
      changes.map(({ op, urn, replaceReasons, detailedDiff }: any) => [
        urn.split("::").at(-1),
        { op, reasons: replaceReasons ?? undefined, details: detailedDiff ?? undefined },
      ]),
    );
  };
  project.init();
  return { emulator, project, sha, ids, writes, plan };
}

afterEach(async () => {
  for (const close of open) await close();
  open.clear();
});
