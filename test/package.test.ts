import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { installedFolder } from "./support/project.js";

const root = path.join(__dirname, "..");
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const tarball = () => path.join(installedFolder(), `${manifest.name}-${manifest.version}.tgz`);
const tool = (name: string, ...args: string[]) =>
  execFileSync(path.join(root, "node_modules/.bin", name), args, { encoding: "utf8", stdio: "pipe" });

test("publint finds nothing to say about the tarball", () => {
  expect(tool("publint", tarball(), "--strict")).toContain("All good!");
});

test("every entry has its types under every way of module resolution", () => {
  expect(tool("attw", tarball(), "--no-color")).toContain("No problems found");
});

test("the tarball holds what is built and nothing else", () => {
  const names = execFileSync("tar", ["-tzf", tarball()], { encoding: "utf8" }).trim().split("\n");
  const built = /^package\/(dist\/(sdk|src)\/.*\.(js|d\.ts)|console\/[a-z-]+\.(css|html|mjs|svg))$/;
  const others = names.filter((name) => !built.test(name));
  const pack = ["PulumiPolicy.yaml", "index.js", "package.json"].map((name) => `policy-pack/${name}`);
  expect(others.sort()).toEqual(
    ["CHANGELOG.md", "LICENSE", "README.md", "SKILL.md", "package.json", ...pack].map(
      (name) => `package/${name}`,
    ),
  );
});

test("importing the package loads nothing of the provider", () => {
  const program = `require("pulumi-chroma-sync"); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const loaded: string[] = JSON.parse(
    execFileSync(process.execPath, ["-e", program], { cwd: installedFolder(), encoding: "utf8" }),
  );
  const ours = loaded.filter((file) => file.includes("/pulumi-chroma-sync/dist/"));
  expect(ours.length).toBeGreaterThan(0);
  // What the classes share with the provider does nothing but name and encode.
  expect(ours.filter((file) => !/\/dist\/(sdk|src\/model)\//.test(file))).toEqual([]);
  expect(loaded.filter((file) => /node_modules\/(zod|undici|env-ci)\//.test(file))).toEqual([]);
});

test("the declarations of a program reach those of Pulumi alone, so that old compilers can read them", () => {
  const reached = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    const code = fs.readFileSync(file, "utf8").replace(/^ *\* .*$/gm, "");
    for (const [, name] of code.matchAll(/(?:from|import\()\s*"([^"]+)"/g))
      if (name!.startsWith(".")) visit(path.join(path.dirname(file), name!.replace(/\.js$/, ".d.ts")));
      else packages.add(name!);
  };
  visit(path.join(installedFolder(), "node_modules/pulumi-chroma-sync/dist/sdk/index.d.ts"));
  expect([...packages]).toEqual(["@pulumi/pulumi"]);
});

test("the API reference is generated without a warning", () => {
  expect(tool("typedoc", "--emit", "none", "--options", path.join(root, "typedoc.json"))).not.toContain(
    "warning",
  );
});
