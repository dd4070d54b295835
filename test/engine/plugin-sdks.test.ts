import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import * as path from "node:path";
import { promisify } from "node:util";
import { pluginAt } from "../support/plugin-project.js";
import { has, installNodeSdk, sdksFolder } from "../support/sdks.js";
import { GITHUB, pluginProject, S3 } from "./plugin-service.js";

const root = path.join(__dirname, "../..");
const run = promisify(execFile);
const go = has("go", "version");

(go ? test : test.skip)("a program looks at what exists, and has what the service says", async () => {
  const { project, ids, writes } = await pluginProject("get");
  installNodeSdk(project.folder);
  project.write({
    "Pulumi.yaml": `name: get\nruntime: nodejs\n${pluginAt()}`,
    "index.ts": `
import * as sync from "pulumi-chroma-sync-sdk";
const made = new sync.Invocation("made", { sourceId: "${S3}", objectKey: "a" });
const batch = new sync.InvocationBatch("batch", { sourceId: "${S3}", objects: [{ objectKey: "docs/guide.md" }] });
const seen = sync.Invocation.get("seen", made.id);
const source = sync.Source.get("source", "${GITHUB}");
export const result = [made.chunkIdPrefix, seen.objectKey, seen.chunkIdPrefix, batch.invocationIds, source.github];`,
  });
  expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
  const { result } = (await project.outputs()) as { result: unknown[] };
  const prefix = createHash("sha256").update("a").digest("hex");
  const [one, other] = ids();
  expect(result).toEqual([
    prefix,
    "a",
    prefix,
    { "docs/guide.md": expect.stringMatching(`${one}|${other}`) },
    { repository: "acme/docs" },
  ]);
  expect((await project.destroy("--skip-preview")).code).toBe(0);
  // What was only looked at stays.
  expect(writes().filter((line) => line.startsWith("DELETE"))).toEqual([]);
});

(go ? test : test.skip)("the committed Go SDK is what the schema gives: npm run sdks writes it", async () => {
  const generated = path.join(sdksFolder(), "go/chromasync");
  const { stdout } = await run("diff", ["-r", generated, path.join(root, "sdk/go/chromasync")]);
  expect(stdout).toBe("");
});
