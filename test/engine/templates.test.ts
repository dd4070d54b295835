import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { httpServer } from "../support/http-server.js";
import { pluginAt } from "../support/plugin-project.js";
import { has, installNodeSdk, sdksFolder } from "../support/sdks.js";
import { pluginProject } from "./plugin-service.js";

const root = path.join(__dirname, "../..");
const run = promisify(execFile);
const go = has("go", "version");

let site: Awaited<ReturnType<typeof httpServer>>;

beforeAll(async () => {
  site = await httpServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<p>Docs</p>");
  });
});

afterAll(() => site.close());

const settings = () => ({ databaseName: "db", startingUrl: `${site.url}/` });

/** A project as `pulumi new` makes it of a template, but for its packages, which no registry has here. */
async function newProject(template: string) {
  const service = await pluginProject(template);
  const { project } = service;
  fs.rmSync(path.join(project.folder, "package.json"));
  const from = path.join(root, "templates", template);
  const options = ["--dir", project.folder, "--name", "my-site", "--force", "--yes", "--generate-only"];
  const { output } = await project.pulumi("new", from, ...options);
  expect(output).toContain("Created project 'my-site'");
  const made = fs
    .readdirSync(from)
    .map((name) => [name, fs.readFileSync(path.join(project.folder, name), "utf8")]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the CLI's placeholders.
  for (const placeholder of ["${PROJECT}", "${DESCRIPTION}"]) expect(made.join()).not.toContain(placeholder);
  fs.appendFileSync(path.join(project.folder, "Pulumi.yaml"), pluginAt());
  return service;
}

/** Up, up again and destroy with a language host, and what the service holds in between. */
async function upAndDown({ project, emulator, writes }: Awaited<ReturnType<typeof newProject>>) {
  project.init();
  for (const [name, value] of Object.entries(settings())) await project.pulumi("config", "set", name, value);
  const up = await project.up("--skip-preview");
  expect(up).toMatchObject({ code: 0 });
  expect(await project.outputs()).toEqual({ collection: "my-site" });
  expect(emulator.jobs().map(({ status }) => Object.keys(status as object))).toEqual([["complete"]]);
  expect((await project.up("--skip-preview")).output).toContain("3 unchanged");
  expect(await project.destroy("--skip-preview")).toMatchObject({ code: 0 });
  expect(writes().filter((line) => line.startsWith("DELETE"))).toHaveLength(1);
}

test("a project of the YAML template syncs a site", async () => upAndDown(await newProject("yaml")));

(go ? test : test.skip)("a project of the TypeScript template compiles and syncs a site", async () => {
  const service = await newProject("typescript");
  const { folder } = service.project;
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  expect(Object.keys(dependencies).sort()).toEqual(["@pulumi/pulumi", "pulumi-chroma-sync-sdk"]);
  installNodeSdk(folder);
  await run(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "--noEmit"], {
    cwd: folder,
  });
  await upAndDown(service);
});

(go && has("python3", "--version") ? test : test.skip)(
  "a project of the Python template syncs a site",
  async () => {
    const { project, emulator } = await newProject("python");
    // No language host is needed inside the program's own process.
    const args = [path.join(root, "test/support/inline/program.py"), "__main__.py", "my-site", "."];
    const { stdout } = await run(`${sdksFolder()}-python/bin/python`, [...args, JSON.stringify(settings())], {
      cwd: project.folder,
      env: project.environment(),
      maxBuffer: 64 << 20,
    });
    expect(JSON.parse(stdout.trim().split("\n").at(-1)!)).toEqual({
      created: { create: 3 },
      again: { same: 3 },
      outputs: { collection: "my-site" },
    });
    expect(emulator.jobs().map(({ status }) => Object.keys(status as object))).toEqual([["complete"]]);
  },
);
