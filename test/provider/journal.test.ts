import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { journalFolder } from "../../src/provider/journal/folder.js";
import { Journal } from "../../src/provider/journal/journal.js";
import { SELF } from "../../src/provider/journal/owner.js";
import { sleep } from "../../src/provider/sleep.js";
import { temporaryFolder } from "./context.js";

const root = temporaryFolder();
let folder: string;
let warnings: string[];
let count = 0;
beforeEach(() => {
  folder = path.join(root, String(count++), "journal");
  warnings = [];
});

const journal = (settings: { now?: () => number; scope?: string } = {}) =>
  new Journal({
    folder,
    scope: "https://service\nkey-of-the-test",
    now: Date.now,
    sleep,
    warn: (line) => void warnings.push(line),
    ...settings,
  });

const files = () => fs.readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const text = () =>
  files()
    .map((name) => fs.readFileSync(path.join(folder, name), "utf8"))
    .join("");

test("an id is taken by the next run with the same inputs, until state is seen to hold it", async () => {
  const first = await journal().begin("urn", "inputs");
  expect(first.taken.size).toBe(0);
  await first.commit("id-1");
  const second = await journal().begin("urn", "inputs");
  expect([...second.taken.values()]).toEqual(["id-1"]);
  journal().settle("id-1");
  expect(files()).toEqual([]);
  expect((await journal().begin("urn", "inputs")).taken.size).toBe(0);
});

test("an id of other inputs is not taken but told of", async () => {
  await (await journal().begin("urn", "inputs")).commit("id-1");
  const other = await journal().begin("urn", "other inputs");
  expect([other.taken.size, other.lost]).toEqual([0, ["id-1"]]);
  expect(journal().idsOf("urn")).toEqual(["id-1"]);
});

test("an intent without an id says since when to look, also when several runs were killed", async () => {
  let now = Date.now();
  const killed = await journal({ now: () => now }).begin("urn", "inputs");
  const start = now;
  now += 5000;
  await journal({ now: () => now }).begin("urn", "inputs");
  now += 5000;
  const third = await journal({ now: () => now }).begin("urn", "inputs");
  expect([killed.unresolvedSince, third.unresolvedSince]).toEqual([undefined, start]);
  await third.abort();
  expect(files()).toEqual([]);
});

test.each([
  ["another resource", ["other urn", "inputs"], {}],
  ["another account", ["urn", "inputs"], { scope: "https://service\nother key" }],
] as const)("%s has an entry of its own", async (_what, [urn, inputs], settings) => {
  await (await journal().begin("urn", "inputs")).commit("id-1");
  expect((await journal(settings).begin(urn, inputs)).taken.size).toBe(0);
});

test("what is older than a week is forgotten", async () => {
  await (await journal().begin("urn", "inputs")).commit("id-1");
  const file = path.join(folder, files()[0]!);
  const old = new Date(Date.now() - 8 * 24 * 3600_000);
  fs.utimesSync(file, old, old);
  expect((await journal().begin("urn", "inputs")).taken.size).toBe(0);
});

test("files are for their owner alone, and hold neither key nor inputs in clear", async () => {
  await (await journal().begin("urn:pulumi:dev", "secret of the inputs")).commit("id-1");
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of fs.readdirSync(folder))
    expect(fs.statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  expect(text() + files()).not.toMatch(/key-of-the-test|secret of the inputs|urn:pulumi/);
});

test("a line that a crash cut short is passed over", async () => {
  const intent = await journal().begin("urn", "inputs");
  await intent.commit("id-1");
  fs.appendFileSync(path.join(folder, files()[0]!), '{"id":"id-2","inp');
  expect([...(await journal().begin("urn", "inputs")).taken.values()]).toEqual(["id-1"]);
});

test("a place that cannot be written is one warning and no failure", async () => {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  fs.writeFileSync(folder, "a file where the folder should be");
  const broken = journal();
  const intent = await broken.begin("urn", "inputs");
  await intent.commit("id-1");
  broken.settle("id-1");
  expect(intent.taken.size).toBe(0);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("chroma-sync:journal");
});

test("an entry of a process that runs is waited for, and taken over once it is killed", async () => {
  await journal().begin("urn", "inputs");
  const file = path.join(folder, files()[0]!);
  const other = spawn("sleep", ["60"]);
  const stat = fs.readFileSync(`/proc/${other.pid}/stat`, "utf8");
  const start = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!;
  const line = {
    ...JSON.parse(fs.readFileSync(file, "utf8")),
    owner: { host: SELF.host, pid: other.pid, start },
  };
  fs.writeFileSync(file, `${JSON.stringify(line)}\n`);
  const begun = journal().begin("urn", "inputs");
  expect(await Promise.race([begun, sleep(700).then(() => "waits")])).toBe("waits");
  await ended(other, () => other.kill("SIGKILL"));
  expect((await begun).unresolvedSince).toBe(line.at);
});

test("of many processes that begin at once one sends, and the others take its id", async () => {
  const build = path.join(root, "build");
  execFileSync("npx", ["tsc", "-p", "tsconfig.build.json", "--outDir", build], { stdio: "pipe" });
  const program = `
    const { Journal } = require(${JSON.stringify(path.join(build, "src/provider/journal/journal.js"))});
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    (async () => {
      const journal = new Journal({ folder: process.argv[1], scope: "s", now: Date.now, sleep, warn: console.error });
      const intent = await journal.begin("urn", "inputs");
      const taken = [...intent.taken.values()][0];
      if (!taken) { await sleep(300); await intent.commit("id-of-" + process.pid); }
      console.log(taken ?? "id-of-" + process.pid);
    })();`;
  const outputs = await Promise.all(
    Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, ["-e", program, folder])),
  );
  expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
  expect(outputs.map(({ stderr }) => stderr).join("")).toBe("");
});

test.each([
  ["off", {}, undefined],
  [undefined, { PULUMI_HOME: "/home/p" }, "/home/p/chroma-sync/journal"],
  ["/cache/j", {}, "/cache/j"],
])("the place %s is %j", (configured, environment, place) => {
  expect(journalFolder(configured, environment)).toBe(place);
});

function ended(child: ChildProcess, kill: () => void): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    kill();
  });
}
