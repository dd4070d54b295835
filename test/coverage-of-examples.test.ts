import * as fs from "node:fs";
import * as path from "node:path";
import * as sdk from "../sdk/index.js";

const examples = path.join(__dirname, "../examples");

/** What no program in examples/ uses, with the reason. One that an example takes up has to go from here. */
const ABSENT: Record<string, string> = {
  ChromaSyncInvocationBatch:
    "is what ChromaSyncedBucket holds, which has an example; its doc comment compiles",
  objectsFromResources: "needs the AWS provider, which no test here can run; its doc comment compiles",
  resolveBranch: "reads a remote repository, which no test here can reach; tested on local ones",
  getInvocationOutput: "the Output form of getInvocation, which has an example; tested on the engine",
  latestInvocationsOutput: "the Output form of latestInvocations, which has an example; tested on the engine",
  listInvocationsOutput: "the Output form of listInvocations, which has an example; tested on the engine",
  listSourcesOutput: "the Output form of listSources, which has an example; tested on the engine",
  getSource: "the plain form of getSourceOutput, which has an example; tested on the engine",
  decodeBatchEntries: "for policies and tests, not for programs",
  decodeBatchRecords: "for policies and tests, not for programs",
};

/** Programs of the plugin, which have their own test: test/engine/plugin-languages.test.ts. */
const OTHER = "languages";

const programs = fs
  .readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes("node_modules") && !name.startsWith(`${OTHER}/`))
  .map((name) => fs.readFileSync(path.join(examples, name), "utf8"))
  .join("\n");
const used = (name: string) => new RegExp(`\\b${name}\\b`).test(programs);
const callable = Object.entries(sdk).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));

test.each(callable)("%s is in an example, or a reason says why not", (name) => {
  expect({ name, example: used(name), reason: name in ABSENT }).toEqual({
    name,
    example: !(name in ABSENT),
    reason: name in ABSENT,
  });
});

test("no reason is kept for what is not exported", () => {
  expect(Object.keys(ABSENT).filter((name) => !callable.includes(name))).toEqual([]);
});

const folders = fs
  .readdirSync(examples, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() && entry.name !== OTHER ? [entry.name] : []));
const tests = fs
  .readdirSync(__dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => fs.readFileSync(path.join(__dirname, name), "utf8"))
  .join("\n");

test.each(
  folders,
)("%s can be copied, says how it is run on less than a screen, and is run by a test", (folder) => {
  for (const file of ["Pulumi.yaml", "README.md", "tsconfig.json", "index.ts"])
    expect({ file, exists: fs.existsSync(path.join(examples, folder, file)) }).toEqual({
      file,
      exists: true,
    });
  const settings = fs.readFileSync(path.join(examples, folder, "tsconfig.json"), "utf8");
  expect(settings).not.toContain("extends");
  const readme = fs.readFileSync(path.join(examples, folder, "README.md"), "utf8");
  expect(readme.split("\n").length).toBeLessThan(20);
  expect(tests).toMatch(new RegExp(`(new Example|start)\\("${folder}"`));
});
