import { oneSync, S3 } from "./one-sync.js";

const OBJECT = `sourceId: "${S3}", objectKey: "a"`;

test("Ctrl-C during a wait ends the run within 2 s with the id in state, and the next up resumes", async () => {
  const { emulator, project, declare, ids, state } = await oneSync({ pendingMs: 600_000 });
  declare(`${OBJECT}, waitForCompletion: true`);
  const run = project.start("up", "--yes", "--skip-preview");
  await until(
    () => emulator.requests.filter((line) => line.startsWith("GET /api/v1/invocations/")).length > 2,
  );
  const interrupted = Date.now();
  run.interrupt();
  const { code, output } = await run.done;
  expect(Date.now() - interrupted).toBeLessThan(2000);
  expect(code).not.toBe(0);
  expect(output).toContain("the next `pulumi up` waits again");
  expect([(await state()).id]).toEqual(ids());
  emulator.behaviour.pendingMs = 0;
  expect((await project.up("--skip-preview")).output).toContain("~ 1 updated");
  expect(ids()).toHaveLength(1);
  expect((await state()).outputs.status).toBe("complete");
});

test("a wait shows each state once on the resource's own row", async () => {
  const { project, declare } = await oneSync({ pendingMs: 700, processingMs: 700 });
  declare(`${OBJECT}, waitForCompletion: { pollIntervalSeconds: 0.1 }`);
  const { output } = await project.up("--skip-preview");
  const row = output
    .split("\n")
    .filter((line) => /chroma-sync:Invocation a .*(processing|complete) · \d+ s/.test(line));
  expect(row.some((line) => line.includes("processing ·"))).toBe(true);
  expect(row.some((line) => line.includes("complete ·"))).toBe(true);
});

test("time that is up: refresh does not turn it green, the next up resumes, nothing is sent again", async () => {
  const { emulator, project, declare, ids, state } = await oneSync({ pendingMs: 600_000 });
  declare(`${OBJECT}, waitForCompletion: { timeoutSeconds: 1 }`);
  const late = await project.up("--skip-preview");
  expect(late.code).not.toBe(0);
  expect(late.output).toContain("still pending after 1 s");
  expect((await project.refresh()).code).toBe(0);
  expect((await project.up("--skip-preview")).output).toContain("still pending after 1 s");
  emulator.behaviour.pendingMs = 0;
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect((await state()).outputs.status).toBe("complete");
  expect(ids()).toHaveLength(1);
});

test("time that is up with onTimeout warn: the update succeeds, and the next keeps waiting", async () => {
  const { emulator, project, declare, ids, state } = await oneSync({ pendingMs: 600_000 });
  declare(`${OBJECT}, waitForCompletion: { timeoutSeconds: 1, onTimeout: "warn" }`);
  const late = await project.up("--skip-preview");
  expect(late.code).toBe(0);
  expect(late.output).toContain("still pending after 1 s");
  expect((await state()).outputs.status).toBe("pending");
  emulator.behaviour.pendingMs = 0;
  expect((await project.up("--skip-preview")).output).toContain("~ 1 updated");
  expect((await state()).outputs.status).toBe("complete");
  expect(ids()).toHaveLength(1);
});

test("a failed sync fails again after a refresh, and retryFailed replaces it", async () => {
  const { emulator, project, declare, ids, state } = await oneSync({
    seed: {
      sources: [
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
      buckets: { b: "/nonexistent" },
    },
  });
  declare(`${OBJECT}, waitForCompletion: true`);
  const failed = await project.up("--skip-preview");
  expect(failed.code).not.toBe(0);
  expect(failed.output).toMatch(/Invocation .* failed/);
  await project.refresh();
  const again = await project.up("--skip-preview");
  expect(again.code).not.toBe(0);
  expect(again.output).toMatch(/Invocation .* failed/);
  expect(ids()).toHaveLength(1);
  expect((await state()).outputs.status).toBe("failed");
  declare(`${OBJECT}, waitForCompletion: false, retryFailed: true`);
  expect((await project.up("--skip-preview")).output).toContain("+-1 replaced");
  expect(ids()).toHaveLength(2);
  expect(emulator.requests.filter((line) => line.startsWith("PUT"))).toEqual([]);
});

test("up --refresh, refresh: always and replaceOnChanges send nothing if nothing changed", async () => {
  const { project, declare, ids } = await oneSync();
  declare(OBJECT);
  await project.up("--skip-preview");
  expect((await project.up("--skip-preview", "--refresh")).output).toContain("2 unchanged");
  declare(OBJECT, `{ replaceOnChanges: ["*"] }`);
  expect((await project.up("--skip-preview")).output).toContain("2 unchanged");
  expect(ids()).toHaveLength(1);
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
