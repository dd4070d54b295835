import * as fs from "node:fs";
import * as path from "node:path";
import * as sdk from "../sdk/index.js";

const examples = path.join(__dirname, "../examples");

/** What no program in examples/ uses, with the reason. One that an example takes up has to go from here. */
const ABSENT: Record<string, string> = {
  ...Object.fromEntries(
    ["getSource", "listSources", "getInvocation", "listInvocations", "latestInvocations"].flatMap((name) => [
      [name, "a look-up; its doc comment compiles, and test/engine-runs/lookups.test.ts runs it"],
      [`${name}Output`, "a look-up; its doc comment compiles, and test/engine-runs/lookups.test.ts runs it"],
    ]),
  ),
  ChromaSyncSource: "its doc comment compiles, and test/engine-runs/sources.test.ts runs it",
  ChromaSyncProvider:
    "the example of several keys in one stack is still to be written; its doc comment compiles",
  ChromaSyncInvocationBatch: "the example of a batch is still to be written; its doc comment compiles",
  objectsFromFolder: "belongs to the example of a batch",
  objectsFromResources: "needs the AWS provider, which no test here can run; its doc comment compiles",
  resolveBranch: "reads a remote repository, which no test here can reach; tested on local ones",
  decodeBatchEntries: "for policies and tests, not for programs",
  decodeBatchRecords: "for policies and tests, not for programs",
};

const programs = fs
  .readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
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
