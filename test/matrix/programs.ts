import * as fs from "node:fs";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { Project } from "../support/project.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000001";

/** A program that syncs one object and waits for it. */
export const PROGRAM = `import { ChromaSyncInvocation } from "pulumi-chroma-sync";
const sync = new ChromaSyncInvocation("sync", { sourceId: "${SOURCE}", objectKey: "Pulumi.yaml", waitForCompletion: true });
export const status = sync.status;
`;

/** A project whose packages the test installs itself. */
export async function withProject<T>(
  packageJson: Record<string, unknown>,
  files: Record<string, string>,
  environment: Record<string, string>,
  use: (project: Project, emulator: Emulator) => Promise<T>,
): Promise<T> {
  const checked = { PULUMI_NODEJS_TRANSPILE_ONLY: "", ...environment };
  const project = new Project("matrix", { "index.ts": PROGRAM, ...files }, checked, packageJson);
  fs.rmSync(path.join(project.folder, "node_modules"));
  const emulator = await startEmulator({
    token: "matrix",
    seed: {
      sources: [
        {
          id: SOURCE,
          database_name: "db",
          s3: { bucket_name: "b", region: "us-east-1", collection_name: "objects" },
        },
      ],
      buckets: { b: project.folder },
    },
  });
  project.setEnvironment({ CHROMA_API_KEY: "matrix", CHROMA_SYNC_ENDPOINT: emulator.url });
  try {
    return await use(project, emulator);
  } finally {
    await emulator.close();
    project.remove();
  }
}

/** The sync is made by an up, is left alone by the next, and destroyed: one invocation in all. */
export async function syncs(project: Project, emulator: Emulator): Promise<void> {
  project.init();
  const up = await project.up();
  if (up.code !== 0) console.log(up.output);
  expect(up).toMatchObject({ code: 0 });
  expect(await project.outputs()).toEqual({ status: "complete" });
  expect(await project.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(await project.destroy()).toMatchObject({ code: 0 });
  expect(emulator.jobs()).toHaveLength(1);
}
