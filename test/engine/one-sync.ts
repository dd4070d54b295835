import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/index.js";
import { repositoryIn } from "../support/git.js";
import { Project } from "../support/project.js";

export const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
export const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";

/** One emulator and one project that declares one sync of something that exists; closed after the test at the latest. */
export async function oneSync(options: EmulatorOptions = {}, environment: Record<string, string> = {}) {
  const content = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-content-"));
  fs.writeFileSync(path.join(content, "a"), "# A\n");
  repositoryIn(content);
  const { seed, ...others } = options;
  const emulator = await startEmulator({
    token: "k",
    seed: {
      buckets: { b: content },
      repositories: { "acme/docs": content },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
      ...seed,
    },
    ...others,
  });
  const project = new Project(
    "one-sync",
    {},
    {
      CHROMA_API_KEY: "k",
      CHROMA_SYNC_ENDPOINT: emulator.url,
      ...environment,
    },
  );
  project.init();
  const close = async () => {
    open.delete(close);
    fs.rmSync(content, { recursive: true });
    project.killProvider();
    project.remove();
    await emulator.close();
  };
  open.add(close);
  const declare = (inputs: string, resourceOptions = "{}", name = "a") =>
    project.write({
      "index.ts": `
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
const sync = new ChromaSyncInvocation("${name}", { ${inputs} }, ${resourceOptions});
export const id = sync.invocationId;
export const status = sync.status;
`,
    });
  const ids = () => emulator.jobs().map(({ id }) => id);
  const state = async () => (await project.resources()).find(({ type }) => type.includes("chroma-sync"));
  const cancels = () => emulator.requests.filter((line) => line.startsWith("PUT")).length;
  return { emulator, project, declare, ids, state, cancels, close };
}

const open = new Set<() => Promise<void>>();

afterEach(async () => {
  for (const close of open) await close();
});
