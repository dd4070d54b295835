import * as fs from "node:fs";
import * as path from "node:path";
import { concurrently } from "../../src/provider/concurrently.js";
import { httpServer } from "../support/http-server.js";
import { attempts, type Group, MISTAKES, OLD_NODE, POLICY_OPTION } from "../support/mistakes/index.js";
import { policyPack } from "../support/policy.js";
import { enginePath, type Run } from "../support/project.js";
import { GITHUB, oneSync, S3 } from "./one-sync.js";

const PREFIXED = "0192f0c1-5d3e-7b7a-9c53-000000000003";
const SOURCES = [
  { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
  { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
  {
    id: PREFIXED,
    database_name: "db",
    s3: { bucket_name: "p", region: "r", collection_name: "objects", path_prefix: "docs/" },
  },
];

const program = ({ mistakes, program: of = (inputs) => inputs.join("\n") }: Group) => `
const pulumi = require("@pulumi/pulumi");
Object.assign(globalThis, require("pulumi-chroma-sync"));
const [sourceId, github, prefixed] = ${JSON.stringify([S3, GITHUB, PREFIXED])};
const finished = process.env.FINISHED;
const commit = "3f786850e387550fdab836ed7e6dc881de23001b";
const output = pulumi.output("a");
const attempt = (run) => void (async () => { await run(); })();
${of(mistakes.map(({ input }) => input))}
`;

/** A message of the table as an expression: "…" stands for what varies within a line. */
const pattern = (as: Group["as"], says: string) => {
  const begins = {
    failure: "error: .* has a problem: ",
    error: "error: .*",
    reason: "\\* ",
    line: "(?<=^ *)",
    warning: "warning: (\\[runtime\\] )?",
  };
  const parts = says.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`${begins[as]}${parts.join("[^\\n]*?")}`, "m");
};

const previews = MISTAKES.filter(
  (group) => group.run === "preview" && group !== OLD_NODE && group !== POLICY_OPTION,
);

test("each mistake is a sentence at preview, without a stack and a request that creates", async () => {
  const { project, emulator } = await oneSync({
    seed: { databases: ["db"], sources: SOURCES },
  });
  const other = await httpServer((_request, response) => response.end("<h1>Welcome</h1>"));
  // What only throws needs no run of its own.
  const thrown = previews.filter((group) => group.program === attempts);
  const together = { ...thrown[0]!, mistakes: thrown.flatMap(({ mistakes }) => mistakes) };
  const alone = previews.filter((group) => group.program !== attempts);
  const programs = [together, ...alone];
  programs.forEach((group, index) => {
    project.write({ [`group-${index}.js`]: program(group) });
  });
  project.write({
    "package.json": JSON.stringify({ name: "mistakes", main: "index.js" }),
    "index.js": `require(\`./group-\${process.env.GROUP}.js\`);`,
  });
  const runs: Run[] = [];
  await concurrently(programs, 3, async (group) => {
    const index = programs.indexOf(group);
    const environment = Object.entries(group.environment ?? {}).map(([name, value]) => [
      name,
      value === "the address of another server" ? other.url : value,
    ]);
    runs[index] = await project.pulumiWith(
      { GROUP: String(index), ...Object.fromEntries(environment) },
      "preview",
    );
  });
  await other.close();
  expect(judged(programs, runs)).toEqual(NOTHING);
  const passed = programs.filter(({ as }, index) => (as === "warning") !== (runs[index]!.code === 0));
  expect(passed.map(({ title }) => title)).toEqual([]);
  expect(emulator.requests.filter((line) => line.startsWith("POST"))).toEqual([]);
});

/** What the runs did not say, and what of a stack they showed. */
function judged(groups: Group[], runs: Run[]) {
  const missing = groups.flatMap(({ mistakes, as }, index) =>
    mistakes.filter(({ says }) => !pattern(as, says).test(runs[index]!.output)).map(({ says }) => says),
  );
  const report = groups.map(({ title }, index) => `### ${index} ${title}\n${runs[index]!.output}`).join("\n");
  if (process.env.REPORT) fs.appendFileSync(process.env.REPORT, report);
  // With --continue-on-error the SDK adds a stack of its own for each resource that failed.
  const stacks = report
    .split("\n")
    .filter((line) =>
      /^\s+at .*chroma-sync\/|\berror: \w*Error: (?!resource .* failed to register)/.test(line),
    );
  return { missing, stacks };
}

const NOTHING = { missing: [], stacks: [] };

test("what only an update, a refresh or a destroy finds out is a sentence too, and nothing is lost from state", async () => {
  const { project, emulator } = await oneSync({
    memberToken: "member",
    pendingMs: 0,
    processingMs: 0,
    seed: { databases: ["db"], sources: SOURCES },
  });
  const answer = await fetch(`${emulator.url}/api/v1/sources/${GITHUB}/invocations`, {
    method: "POST",
    headers: { "x-chroma-token": "k", "content-type": "application/json" },
    body: JSON.stringify({ target_collection_name: "finished", ref_identifier: { branch: "main" } }),
  });
  const { invocation_id: finished } = (await answer.json()) as { invocation_id: string };
  emulator.behaviour.processingMs = 1500;
  project.setEnvironment({ FINISHED: finished });
  const groups = MISTAKES.filter(({ run }) => run !== "preview");
  const ups = groups.filter(({ run }) => run === "up");
  project.write({
    "package.json": "{}",
    "index.js": ups
      .map(program)
      .map((text) => `{${text}}`)
      .join("\n"),
  });
  const up = await project.up("--skip-preview", "--continue-on-error");
  expect(up.code).not.toBe(0);
  // A finished sync, and a source.
  project.write({
    "index.js": `const { ChromaSyncInvocation, ChromaSyncSource } = require("pulumi-chroma-sync");
new ChromaSyncInvocation("docs", { sourceId: "${S3}", objectKey: "a", customId: "c", waitForCompletion: true });
new ChromaSyncSource("docs", { databaseName: "db", github: { repository: "acme/left" } });`,
  });
  emulator.behaviour.processingMs = 0;
  expect((await project.up("--skip-preview")).code).toBe(0);
  const runs = [up, up];
  const before = (await project.resources()).length;
  for (const { run, environment } of groups.slice(2)) {
    runs.push(await project.pulumiWith(environment!, run, "--yes", "--skip-preview"));
    if (environment?.CHROMA_API_KEY) expect((await project.resources()).length).toBe(before);
  }
  expect(judged(groups, runs)).toEqual(NOTHING);
  expect(runs.every(({ code }) => code !== 0)).toBe(true);
});

test("a Node that is too old is reported in one sentence", async () => {
  const { declare, project } = await oneSync();
  declare(`sourceId: "${S3}", objectKey: "a"`);
  // The provider's process starts with what PATH has: a node that says of itself that it is an old one.
  const shim = path.join(project.folder, "old-node");
  fs.mkdirSync(shim);
  fs.writeFileSync(
    path.join(shim, "old.cjs"),
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } });`,
  );
  fs.writeFileSync(
    path.join(shim, "node"),
    `#!/bin/sh\nexec ${process.execPath} --require ${path.join(shim, "old.cjs")} "$@"\n`,
    { mode: 0o755 },
  );
  project.setEnvironment({ PATH: [shim, enginePath()].join(path.delimiter) });
  const run = await project.preview();
  expect(run.code).not.toBe(0);
  expect(judged([OLD_NODE], [run])).toEqual(NOTHING);
  // Once on its row, and once in the diagnostics at the end.
  expect(run.output.split("needs Node 22.19").length - 1).toBe(2);
  expect(run.output).not.toMatch(/^\s+at /m);
});

test("an option that a policy does not have is told in a sentence", async () => {
  const { project, declare } = await oneSync();
  const { flags, PATH } = policyPack(project.folder);
  project.setEnvironment({ PATH });
  declare(`sourceId: "${S3}", objectKey: "a"`);
  project.write({ "config.json": POLICY_OPTION.mistakes[0]!.input });
  const run = await project.preview(...flags, "--policy-pack-config", "config.json");
  expect(run.code).not.toBe(0);
  expect(judged([POLICY_OPTION], [run])).toEqual(NOTHING);
  expect(run.output).not.toMatch(/^\s+at /m);
});
