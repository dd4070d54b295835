import * as fs from "node:fs";
import * as path from "node:path";
import { faultProxy, type Passing } from "../support/fault-proxy.js";
import { pluginAt } from "../support/plugin-project.js";
import { pluginProject, S3 } from "./plugin-service.js";

const waiting = `
resources:
  object:
    type: chroma-sync:Invocation
    properties:
      sourceId: ${S3}
      objectKey: a
      waitForCompletion: { pollIntervalSeconds: 0.1 }
`;

const invocation = (resources: { type: string }[]) =>
  resources.find(({ type }) => type === "chroma-sync:index:Invocation") as
    | { id: string; outputs: { status: string }; initErrors?: string[] }
    | undefined;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("Ctrl-C in a wait ends the run at once with the id in state, and the next up resumes", async () => {
  const { emulator, project, ids, plan } = await pluginProject("interrupted", { pendingMs: 600_000 });
  project.declare(waiting);
  const run = project.start("up", "--yes", "--skip-preview");
  await until(() => emulator.requests.filter((line) => /^GET .*invocations/.test(line)).length > 2);
  const interrupted = Date.now();
  run.interrupt();
  const { code, output } = await run.done;
  expect(Date.now() - interrupted).toBeLessThan(3000);
  expect(code).not.toBe(0);
  expect(output).toContain("the next `pulumi up` waits again");
  const held = invocation(await project.resources())!;
  expect([held.id]).toEqual(ids());
  expect(held.initErrors).toHaveLength(1);
  // A refresh does not turn it green.
  await project.refresh();
  expect((await plan()).object.op).toBe("update");
  emulator.behaviour.pendingMs = 0;
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(invocation(await project.resources())!.outputs.status).toBe("complete");
  expect(ids()).toHaveLength(1);
});

const executable = path.join(__dirname, "../../dist-plugin/linux-amd64");
const bundled: [string, string | undefined] = ["the bundle", undefined];
const built: [string, string][] = fs.existsSync(executable) ? [["the executable", executable]] : [];
if (built.length === 0)
  console.warn("skipped: npm run plugin:build -- linux-amd64 has not built the executable");

const MOMENTS = {
  "before the POST": async ({ method, reset }: Passing) => {
    if (method !== "POST") return false;
    reset();
    return true;
  },
  "after the 201": async ({ method, forward, deliver }: Passing) => {
    if (method !== "POST") return false;
    await forward();
    deliver();
    return true;
  },
  "after the 201, whose answer is lost": async ({ method, forward, reset }: Passing) => {
    if (method !== "POST") return false;
    await forward();
    reset();
    return true;
  },
  "in the wait": async ({ path: of }: Passing) => /^\/api\/v1\/invocations\/./.test(of),
};

describe.each([bundled, ...built])("a kill of pulumi that runs %s", (_what, folder) => {
  test.each(
    Object.entries(MOMENTS),
  )("%s ends the plugin too, and the next up has one sync", async (_moment, comes) => {
    const { emulator, project, ids } = await pluginProject("killed", { pendingMs: 600_000 });
    let kill: (() => void) | undefined;
    const proxy = await faultProxy(emulator.url, async (passing) => {
      if (kill && (await comes(passing))) kill();
    });
    project.setEnvironment({ CHROMA_SYNC_ENDPOINT: proxy.url });
    project.declare(waiting, pluginAt(folder));
    const run = project.start("up", "--yes", "--skip-preview");
    await new Promise<void>((resolve) => {
      kill = () => {
        kill = undefined;
        expect(project.plugins()).not.toEqual([]);
        run.kill();
        resolve();
      };
    });
    const killed = Date.now();
    await until(() => project.plugins().length === 0);
    expect(Date.now() - killed).toBeLessThan(3000);
    await project.pulumi("cancel", "--yes");
    emulator.behaviour.pendingMs = 0;
    expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
    await proxy.close();
    expect(ids()).toHaveLength(1);
    expect(invocation(await project.resources())).toMatchObject({
      id: ids()[0],
      outputs: { status: "complete" },
    });
  });
});
