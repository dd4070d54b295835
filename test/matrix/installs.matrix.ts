import * as fs from "node:fs";
import * as path from "node:path";
import { enginePath } from "../support/project.js";
import { PROGRAM, syncs, withProject } from "./programs.js";
import { install, run, scratch, tarball } from "./tools.js";

const PULUMI = "3.270.0";
const NODE = `node-${process.platform}-${process.arch}`;
const packages = (pulumi = PULUMI) => ({
  dependencies: { "pulumi-chroma-sync": tarball(), "@pulumi/pulumi": pulumi },
  devDependencies: { typescript: "5.9.3", "@types/node": "22.19.0" },
});
const folder = scratch();
const tool = (file: string) => path.join(folder(), "node_modules", file);
const YARNRC = { ".yarnrc.yml": "nodeLinker: node-modules\nenableTelemetry: false\n", "yarn.lock": "" };

beforeAll(() => {
  install(folder(), {
    pnpm10: "pnpm@10.12.1",
    pnpm12: "pnpm@12.21.0",
    yarn1: "yarn@1.22.22",
    yarn4: "@yarnpkg/cli-dist@4.18.1",
    // The binaries alone: the package `node` fetches them in an install script.
    "node22.19.0": `${NODE}@22.19.0`,
    "node22.23.3": `${NODE}@22.23.3`,
    "node26.10.0": `${NODE}@26.10.0`,
  });
}, 300_000);

const node = (...args: string[]) => [process.execPath, ...args] as const;
const NPM = ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline"] as const;

describe("Package managers, Node 24.21.0, @pulumi/pulumi 3.270.0", () => {
  test.each<[string, () => readonly [string, ...string[]], Record<string, string>]>([
    ["npm 11", () => NPM, {}],
    ["pnpm 10.12.1", () => node(tool("pnpm10/bin/pnpm.cjs"), "install", "--no-frozen-lockfile"), {}],
    // An install script of a package below Pulumi that it does not expect is an error.
    [
      "pnpm 12.21.0, --ignore-scripts",
      () => [tool("pnpm12/pnpm"), "install", "--no-frozen-lockfile", "--ignore-scripts"],
      {},
    ],
    ["yarn 1.22.22", () => node(tool("yarn1/bin/yarn.js"), "install", "--non-interactive"), {}],
    [
      "yarn 4.18.1, nodeLinker: node-modules",
      () => node(tool("yarn4/bin/yarn.js"), "install", "--no-immutable"),
      YARNRC,
    ],
  ])("%s", async (_, command, files) => {
    await withProject(packages(), files, {}, async (project, emulator) => {
      run(project.folder, ...command());
      await syncs(project, emulator);
    });
  });
});

describe("Node and @pulumi/pulumi, npm", () => {
  test.each([
    ["22.19.0", "3.270.0"],
    ["22.23.3", "3.270.0"],
    ["26.10.0", "3.270.0"],
    ["22.19.0", "3.200.0"],
    ["24.21.0", "3.200.0"],
  ])("Node %s, @pulumi/pulumi %s", async (version, pulumi) => {
    const bin =
      version === process.versions.node ? path.dirname(process.execPath) : tool(`node${version}/bin`);
    const environment = { PATH: [bin, enginePath()].join(path.delimiter) };
    await withProject(packages(pulumi), {}, environment, async (project, emulator) => {
      expect(run(project.folder, path.join(bin, "node"), "--version")).toBe(`v${version}\n`);
      run(project.folder, ...NPM);
      await syncs(project, emulator);
    });
  });
});

describe("TypeScript 6.0.3", () => {
  test("a project with the settings of the examples", async () => {
    const { dependencies, devDependencies } = packages();
    const manifest = { dependencies, devDependencies: { ...devDependencies, typescript: "6.0.3" } };
    const settings = path.join(__dirname, "../../examples/s3-objects/tsconfig.json");
    const tsconfig = fs.readFileSync(settings, "utf8");
    await withProject(manifest, { "tsconfig.json": tsconfig }, {}, async (project, emulator) => {
      run(project.folder, ...NPM);
      await syncs(project, emulator);
    });
  });
});

describe("TypeScript that Pulumi brings, 3.8", () => {
  test("a project that installs no typescript", async () => {
    const { dependencies } = packages();
    await withProject({ dependencies }, {}, {}, async (project, emulator) => {
      run(project.folder, ...NPM, "--omit=dev");
      expect(fs.existsSync(path.join(project.folder, "node_modules/typescript"))).toBe(false);
      await syncs(project, emulator);
      // It checks the program: a mistake does not get through.
      project.write({ "index.ts": PROGRAM.replace("objectKey", "objectKeys") });
      expect((await project.preview()).output).toContain("'objectKeys' does not exist in type");
    });
  });
});

describe("Refused, with a sentence that says what to do", () => {
  const LIBRARY = {
    "package.json": JSON.stringify({ name: "library", version: "1.0.0", main: "index.js", dependencies: {} }),
    "index.js": 'exports.ChromaSyncInvocation = require("pulumi-chroma-sync").ChromaSyncInvocation;',
  };

  test("nested under a component library", async () => {
    const program = PROGRAM.replace('from "pulumi-chroma-sync"', 'from "library"');
    await withProject(packages(), { "index.ts": program }, {}, async (project) => {
      run(project.folder, ...NPM);
      const library = path.join(project.folder, "node_modules/library");
      fs.mkdirSync(path.join(library, "node_modules"), { recursive: true });
      for (const [name, text] of Object.entries(LIBRARY)) fs.writeFileSync(path.join(library, name), text);
      const nested = path.join(library, "node_modules/pulumi-chroma-sync");
      fs.renameSync(path.join(project.folder, "node_modules/pulumi-chroma-sync"), nested);
      project.init();
      const { code, output } = await project.preview();
      expect(output).toContain(`pulumi-chroma-sync cannot be loaded from ${project.folder}`);
      expect(output).toContain("npm install pulumi-chroma-sync");
      expect(code).not.toBe(0);
    });
  });

  test("Yarn Plug'n'Play", async () => {
    const files = { ".yarnrc.yml": "nodeLinker: pnp\nenableTelemetry: false\n", "yarn.lock": "" };
    await withProject(packages(), files, {}, async (project) => {
      run(project.folder, ...node(tool("yarn4/bin/yarn.js"), "install", "--no-immutable"));
      project.init();
      // Pulumi itself finds nothing there, unless every node of the shell loads the resolver.
      expect((await project.preview()).output).toContain("the Pulumi SDK has not been installed");
      project.setEnvironment({ NODE_OPTIONS: `--require ${path.join(project.folder, ".pnp.cjs")}` });
      const { code, output } = await project.preview();
      expect(output).toContain("Write `nodeLinker: node-modules` into .yarnrc.yml and run `yarn install`");
      expect(code).not.toBe(0);
    });
  });
});
