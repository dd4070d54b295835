import * as fs from "node:fs";
import * as path from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { Project } from "../support/project.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const fixtures = path.join(__dirname, "../fixtures");
const shapes = fs.readdirSync(fixtures).filter((name) => name.startsWith("state-"));

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    token: "k",
    pendingMs: 600_000,
    seed: {
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
  });
});
afterAll(() => emulator.close());

const program = (key: string) => `
import { ChromaSyncInvocation } from "pulumi-chroma-sync";
new ChromaSyncInvocation("object", { sourceId: "${S3}", objectKey: "${key}", customId: "c", metadata: { tags: ["x"], n: 1 }, triggers: [1], cancelOnDelete: true });
new ChromaSyncInvocation("docs", { sourceId: "${GITHUB}", refIdentifier: { branch: "main" }, targetCollectionName: "docs" });
`;

async function start(source: string, payload: object): Promise<string> {
  const answer = await fetch(`${emulator.url}/api/v1/sources/${source}/invocations`, {
    method: "POST",
    headers: { "x-chroma-token": "k", "content-type": "application/json" },
    body: JSON.stringify(payload),
  });
  return ((await answer.json()) as { invocation_id: string }).invocation_id;
}

const posts = () => emulator.requests.filter((line) => line.startsWith("POST")).length;

/** What a later version may have added to the inputs and outputs of each resource. */
function withLaterProperties(state: string): string {
  const parsed = JSON.parse(state);
  for (const { type, inputs, outputs } of parsed.deployment.resources)
    if (type.includes("chroma-sync"))
      for (const part of [inputs, outputs]) part.laterProperty = { deep: [1] };
  return JSON.stringify(parsed);
}

test.each([
  ...shapes.map((shape) => [shape, (state: string) => state] as const),
  ["state-0.1.0.json with properties of a later version", withLaterProperties] as const,
])("%s is refreshed, unchanged, replaced and destroyed", async (shape, changed) => {
  const project = new Project(
    "upgrade",
    { "index.ts": program("a") },
    { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url },
  );
  project.init();
  const object = await start(S3, { object_key: "a", custom_id: "c", metadata: { tags: ["x"], n: 1 } });
  const docs = await start(GITHUB, { ref_identifier: { branch: "main" }, target_collection_name: "docs" });
  const recorded = fs.readFileSync(path.join(fixtures, shape.split(" ")[0]!), "utf8");
  const state = changed(recorded.replaceAll("ID-OF-object", object).replaceAll("ID-OF-docs", docs));
  project.write({ "state.json": state });
  await project.pulumi("stack", "import", "--file", "state.json");
  const before = posts();
  expect((await project.up()).output).toContain("3 unchanged");
  expect((await project.refresh()).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("3 unchanged");
  expect(posts()).toBe(before);
  project.write({ "index.ts": program("b") });
  expect((await project.up("--skip-preview")).output).toContain("+-1 replaced");
  expect(posts()).toBe(before + 1);
  expect((await project.destroy("--skip-preview")).output).toContain("- 3 deleted");
  expect(emulator.requests.filter((line) => line.startsWith("PUT")).at(-1)).toBeDefined();
  project.remove();
});
