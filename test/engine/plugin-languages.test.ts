import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import schema from "../../schema.json";
import { httpServer } from "../support/http-server.js";
import { compileJava } from "../support/java.js";
import { pluginAt, pluginFolder } from "../support/plugin-project.js";
import { has, installNodeSdk, sdksFolder } from "../support/sdks.js";
import { GITHUB, pluginProject, S3 } from "./plugin-service.js";

const root = path.join(__dirname, "../..");
const examples = path.join(root, "examples/languages");
const inline = path.join(root, "test/support/inline");
const run = promisify(execFile);

/** What a run of an example came to: counts of an up and a second one, and the outputs of the first. */
interface Outcome {
  created: Record<string, number>;
  again: Record<string, number>;
  outputs: Record<string, unknown>;
}

type Session = Awaited<ReturnType<typeof pluginProject>>["project"];
type Runner = (project: Session, example: string, config: Record<string, string>) => Promise<Outcome>;

/** Runs each of the four examples in one language, and sees what the service was asked. */
async function everyExample(language: string, runner: Runner): Promise<void> {
  const site = await httpServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<p>Docs</p>");
  });
  const { emulator, project, sha, ids, writes } = await pluginProject(language);
  try {
    const inputs: Record<string, { config: Record<string, string>; syncs: number; resources: number }> = {
      repository: { config: { sourceId: GITHUB, commit: sha }, syncs: 1, resources: 2 },
      bucket: { config: { sourceId: S3 }, syncs: 2, resources: 2 },
      files: { config: { databaseName: "db" }, syncs: 3, resources: 3 },
      site: {
        config: { databaseName: "db", startingUrl: `${site.url}/`, release: "v1.0" },
        syncs: 1,
        resources: 3,
      },
    };
    for (const [example, { config, syncs, resources }] of Object.entries(inputs)) {
      const before = ids().length;
      const docs = path.join(examples, example, "yaml/docs");
      if (fs.existsSync(docs)) fs.cpSync(docs, path.join(project.folder, "docs"), { recursive: true });
      const { created, again, outputs } = await runner(project, example, config);
      expect({ example, created, again }).toEqual({
        example,
        created: { create: resources },
        again: { same: resources },
      });
      if (example === "bucket") expect(outputs).toEqual({ complete: 2 });
      else if (example === "files") expect(outputs).toEqual({ complete: 2, status: "complete" });
      else expect(outputs).toEqual({ collection: expect.stringMatching(/^(code|site)-/) });
      expect(ids()).toHaveLength(before + syncs);
    }
    expect(writes().filter((line) => line.startsWith("DELETE"))).toHaveLength(1);
    expect(emulator.jobs().every(({ status }) => JSON.stringify(status).includes("complete"))).toBe(true);
  } finally {
    await site.close();
  }
}

/** With a language host, as a user would. */
const hosted =
  (prepare: (project: Session, example: string) => void): Runner =>
  async (project, example, config) => {
    prepare(project, example);
    project.init();
    for (const [name, value] of Object.entries(config))
      await project.pulumi("config", "set", `${example}:${name}`, value);
    const up = await project.up("--skip-preview");
    expect({ example, ...up }).toMatchObject({ code: 0 });
    const [, create] = /\+ (\d+) created/.exec(up.output) ?? [];
    const outputs = await project.outputs();
    const refreshed = await project.refresh("--skip-preview");
    expect({ example, ...refreshed }).toMatchObject({ code: 0 });
    const second = await project.up("--skip-preview");
    const [, same] = /(\d+) unchanged/.exec(second.output) ?? [];
    const destroyed = await project.destroy("--skip-preview");
    expect({ example, ...destroyed }).toMatchObject({ code: 0 });
    return { created: { create: Number(create) }, again: { same: Number(same) }, outputs };
  };

/** Inside the program's own process, which takes no language host. */
async function inlineRun(
  command: string,
  args: string[],
  project: Session,
  language?: string,
): Promise<Outcome> {
  if (language) project.write({ "Pulumi.yaml": `name: inline\nruntime: ${language}\n${pluginAt()}` });
  const { stdout } = await run(command, args, { env: project.environment(), maxBuffer: 64 << 20 });
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

test("the examples run in YAML", () =>
  everyExample(
    "yaml",
    hosted((project, example) => {
      const text = fs.readFileSync(path.join(examples, example, "yaml/Pulumi.yaml"), "utf8");
      project.write({ "Pulumi.yaml": `${text}${pluginAt()}` });
    }),
  ));

const go = has("go", "version");

(go ? test : test.skip)("the examples run in TypeScript", () =>
  everyExample(
    "typescript",
    hosted((project, example) => {
      if (!fs.existsSync(path.join(project.folder, "node_modules/pulumi-chroma-sync-sdk")))
        installNodeSdk(project.folder);
      fs.cpSync(path.join(examples, example, "typescript"), project.folder, { recursive: true });
      project.write({ "Pulumi.yaml": `name: ${example}\nruntime: nodejs\n${pluginAt()}` });
    }),
  ),
);

(go && has("python3", "--version") ? test : test.skip)("the examples run in Python", () =>
  everyExample("python", (project, example, config) => {
    const program = path.join(examples, example, "python/__main__.py");
    const args = [path.join(inline, "program.py"), program, "inline", project.folder, JSON.stringify(config)];
    return inlineRun(`${sdksFolder()}-python/bin/python`, args, project, "python");
  }),
);

(go ? test : test.skip)("the examples run in Go", () =>
  everyExample("go", async (project, example, config) => {
    const folder = path.join(project.folder, "go");
    fs.cpSync(path.join(inline, "go"), folder, { recursive: true });
    fs.copyFileSync(path.join(examples, example, "go/main.go"), path.join(folder, "main.go"));
    const sdk = path.posix.dirname(schema.language.go.importBasePath);
    const options = { cwd: folder, env: { ...process.env, GOWORK: "off" } };
    await run("go", ["mod", "edit", "-replace", `${sdk}=${path.join(root, "sdk/go")}`], options);
    await run("go", ["build", "-o", "program", "."], options);
    return inlineRun(
      path.join(folder, "program"),
      ["inline", project.folder, JSON.stringify(config)],
      project,
      "go",
    );
  }),
);

(has("javac", "-version") && has("mvn", "-version") ? test : test.skip)("the examples run in Java", () =>
  everyExample("java", async (project, example, config) => {
    const folder = path.join(project.folder, example);
    fs.mkdirSync(folder);
    const program = path.join(examples, example, "java/src/main/java/example/App.java");
    const java = await compileJava(program, folder);
    fs.rmSync(path.join(project.folder, "Pulumi.yaml"), { force: true });
    const args = [...java, "inline", project.folder, JSON.stringify(config), pluginFolder()];
    return inlineRun("java", args, project);
  }),
);
