import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { confirm } from "../../../src/provider/journal/confirm.js";
import { Folder, journalFolder } from "../../../src/provider/journal/folder.js";
import type { Intent } from "../../../src/provider/journal/intent.js";
import { Journal, type JournalOptions } from "../../../src/provider/journal/journal.js";
import { SELF } from "../../../src/provider/journal/owner.js";
import { sleep } from "../../../src/provider/sleep.js";
import { temporaryFolder } from "../context.js";

const root = temporaryFolder();
let folder: string;
let warnings: string[];
let count = 0;
beforeEach(() => {
  folder = path.join(root, String(count++), "deep", "journal");
  warnings = [];
});

const journal = (settings: Partial<JournalOptions> = {}) =>
  new Journal({
    disk: () => new Folder(folder),
    scope: "https://backend",
    now: Date.now,
    sleep,
    warn: (line) => void warnings.push(line),
    ...settings,
  });

const asked = (inputs = "inputs") => ({
  inputs,
  echo: `echo of ${inputs}`,
  account: "account",
  sourceId: "s",
});
const begin = (inputs?: string, urns = ["urn"], of = journal()) => of.begin(urns, asked(inputs));
const start = async (inputs?: string, urns?: string[]) => {
  const intent = await begin(inputs, urns);
  await intent.open(new Set(["before"]));
  return intent;
};
const idsOf = ({ earlier }: Intent) =>
  earlier.filter(({ isSame }) => isSame).flatMap(({ ids }) => [...ids.values()]);
const othersOf = ({ earlier }: Intent) =>
  earlier.filter(({ isSame }) => !isSame).flatMap(({ ids }) => [...ids.values()]);
const entries = () => fs.readdirSync(folder).map((name) => path.join(folder, name));
const text = () =>
  entries()
    .map((file) => fs.readFileSync(file, "utf8"))
    .join("");

test("an id is known to the next run with the same inputs until state is seen to hold it", async () => {
  await (await start()).commit("id-1");
  expect(idsOf(await begin())).toEqual(["id-1"]);
  journal().holders.held("id-1");
  expect((await begin()).earlier).toEqual([]);
});

test("the program is a witness that state holds an id", async () => {
  await (await start()).commit("id-1");
  confirm(new Folder(folder), "https://backend", "urn", "another id");
  expect(idsOf(await begin())).toEqual(["id-1"]);
  confirm(new Folder(folder), "https://backend", "urn", "id-1");
  expect((await begin()).earlier).toEqual([]);
});

test("an id of other inputs is not taken for that of these, and is still known when they come back", async () => {
  await (await start("A")).commit("id-1");
  const other = await start("B");
  expect([idsOf(other), othersOf(other)]).toEqual([[], ["id-1"]]);
  other.close();
  expect(idsOf(await begin("A"))).toEqual(["id-1"]);
});

test("what is held closes the attempts before it, and none after it", async () => {
  await (await start("A")).commit("id-1");
  await (await start("B")).commit("id-2");
  await start("C");
  journal().holders.held("id-2");
  const { earlier } = await begin("A");
  expect(earlier.map(({ ids }) => ids.size)).toEqual([0]);
});

test("an intent without an id says what was listed before it", async () => {
  await start();
  const { earlier } = await begin();
  expect(earlier.map(({ isSame, mark, ids }) => [isSame, mark, ids.size])).toEqual([
    [true, new Set(["before"]), 0],
  ]);
  expect(earlier[0]!.showsAs("echo of inputs")).toBe(true);
  expect(earlier[0]!.showsAs("another echo")).toBe(false);
});

test("nothing is left of an attempt that sent nothing, or of which nothing came", async () => {
  await begin();
  (await start()).close();
  expect((await begin()).earlier).toEqual([]);
});

test("parts of a batch are told apart, also those that changed since", async () => {
  const intent = await begin("batch");
  await intent.open(undefined, ["first-part-of-two", "second-part-of-two"]);
  await intent.commit("id-1", "first-part-of-two");
  const [earlier] = (await begin("batch")).earlier;
  expect(["first-part-of-two", "second-part-of-two", "another-part"].map(earlier!.asked)).toEqual([
    true,
    true,
    false,
  ]);
  expect(earlier!.askedForMore(["second-part-of-two"])).toBe(false);
  expect(earlier!.askedForMore(["another-part"])).toBe(true);
});

test.each([
  ["another resource", ["other urn"], {}],
  ["another backend", ["urn"], { scope: "s3://backend" }],
] as const)("%s has an entry of its own", async (_what, urns, settings) => {
  await (await start()).commit("id-1");
  expect((await begin("inputs", [...urns], journal(settings))).earlier).toEqual([]);
});

test("the entry of a former URN is read too", async () => {
  await (await start("inputs", ["former"])).commit("id-1");
  expect(idsOf(await begin("inputs", ["urn", "former"]))).toEqual(["id-1"]);
});

test("another account is reported, and the id is still known", async () => {
  await (await start()).commit("id-1");
  const again = await journal().begin(["urn"], { ...asked(), account: "other" });
  expect(again.earlier.map(({ isSame, isSameAccount }) => [isSame, isSameAccount])).toEqual([[true, false]]);
});

test("files are for their owner alone, and hold neither key nor inputs in clear", async () => {
  const intent = await journal().begin(["urn:pulumi:dev"], {
    inputs: "secret of the inputs",
    echo: "secret of the inputs",
    account: "endpoint\nkey-of-the-test",
    sourceId: "s",
  });
  await intent.open(undefined);
  await intent.commit("id-1");
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  for (const file of entries()) expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(text() + entries()).not.toMatch(/key-of-the-test|secret of the inputs|endpoint/);
});

const damages: Record<string, (file: string) => void> = {
  "is cut short": (file) => fs.truncateSync(file, fs.statSync(file).size - 9),
  "has a line changed": (file) =>
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('"k":"intent"', '"k":"Intent"')),
  "is a folder": (file) => {
    fs.rmSync(file);
    fs.mkdirSync(file);
  },
  "is a link": (file) => {
    fs.renameSync(file, `${file}.real`);
    fs.symlinkSync(`${file}.real`, file);
  },
  "has 600 MB": (file) => fs.truncateSync(file, 600 * 1024 * 1024),
  "is not text": (file) => fs.writeFileSync(file, Buffer.from([0xff, 0xfe, 0, 0])),
};

test.each(Object.entries(damages))("an entry that %s is named, not passed over", async (_what, damage) => {
  await (await start()).commit("id-1");
  const [file] = entries();
  damage(file!);
  const { unreadable } = await begin();
  expect(unreadable).toBe(file);
});

test("an id whose intent cannot be read is told apart from what is known", async () => {
  await (await start()).commit("id-1");
  const [file] = entries();
  damages["has a line changed"]!(file!);
  const { earlier, unattributed } = await begin();
  expect(earlier).toEqual([]);
  expect([...unattributed()]).toEqual(["id-1"]);
});

test.each([
  ["a file in its place", () => path.join(root, String(count), "file", "journal")],
  ["a place that cannot exist", () => "/proc/nope/journal"],
])("%s is one warning, and what this run knows is kept", async (_what, place) => {
  folder = place();
  if (!folder.startsWith("/proc")) {
    fs.mkdirSync(path.dirname(path.dirname(folder)), { recursive: true });
    fs.writeFileSync(path.dirname(folder), "a file where a folder should be");
  }
  const broken = journal();
  const intent = await begin("inputs", ["urn"], broken);
  await intent.open(undefined);
  await intent.commit("id-1");
  expect(idsOf(await begin("inputs", ["urn"], broken))).toEqual(["id-1"]);
  broken.holders.held("id-1");
  expect((await begin("inputs", ["urn"], broken)).earlier).toEqual([]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("chroma-sync:journal");
});

test("an id belongs to the entry that has it, held or not, until it is freed", async () => {
  await (await start()).commit("id-1");
  expect(journal().holders.all().get("id-1")).toMatchObject({ isHeld: false, urn: undefined });
  journal().holders.held("id-1", "urn:pulumi:s::p::t::a");
  expect(journal().holders.all().get("id-1")).toMatchObject({ isHeld: true, urn: "urn:pulumi:s::p::t::a" });
  journal().holders.freed("id-1");
  expect(journal().holders.all().get("id-1")).toMatchObject({ isHeld: false });
});

test("what was held long ago is dropped, and what nobody held is not", async () => {
  const later = (days: number) => journal({ now: () => Date.now() + days * 24 * 3600_000 });
  await (await start()).commit("id-1");
  expect(idsOf(await begin("inputs", ["urn"], later(30)))).toEqual(["id-1"]);
  journal().holders.held("id-1");
  await begin("inputs", ["urn"], later(60));
  expect(text()).not.toContain("id-1");
});

test("an attempt of a process that runs is waited for, one of a killed process is not", async () => {
  await start();
  const [file] = entries();
  const other = spawn("sleep", ["60"]);
  const stat = fs.readFileSync(`/proc/${other.pid}/stat`, "utf8");
  const owner = {
    host: SELF.host,
    pid: other.pid!,
    start: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!,
  };
  fs.rmSync(file!);
  const theirs = await begin("inputs", ["urn"], journal({ self: owner }));
  await theirs.open(new Set(["before"]));
  const begun = begin();
  expect(await Promise.race([begun, sleep(700).then(() => "waits")])).toBe("waits");
  await ended(other, () => other.kill("SIGKILL"));
  expect((await begun).earlier.map(({ isSame }) => isSame)).toEqual([true]);
});

test("a process of another machine counts as gone", async () => {
  const theirs = await begin("inputs", ["urn"], journal({ self: { host: "another", pid: 1, start: "1" } }));
  await theirs.open(undefined);
  expect((await begin()).earlier).toHaveLength(1);
});

test("of many processes that begin at once one sends, and the others get its id", async () => {
  const build = path.join(root, "build");
  execFileSync("npx", ["tsc", "-p", "tsconfig.build.json", "--outDir", build], { stdio: "pipe" });
  const at = (name: string) => JSON.stringify(path.join(build, "src/provider/journal", name));
  const program = `
    const { Journal } = require(${at("journal.js")});
    const { Folder } = require(${at("folder.js")});
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    (async () => {
      const disk = () => new Folder(process.argv[1]);
      const journal = new Journal({ disk, scope: "s", now: Date.now, sleep, warn: console.error });
      const intent = await journal.begin(["urn"], { inputs: "i", account: "a", sourceId: "s" });
      const known = intent.earlier.flatMap(({ ids }) => [...ids.values()])[0];
      if (!known) { await intent.open(undefined); await sleep(300); await intent.commit("id-of-" + process.pid); }
      console.log(known ?? "id-of-" + process.pid);
    })();`;
  const outputs = await Promise.all(
    Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, ["-e", program, folder])),
  );
  expect(outputs.map(({ stderr }) => stderr).join("")).toBe("");
  expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
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

test("a part that was refused is not looked for by the next run", async () => {
  const { echo, ...all } = asked("batch");
  const first = await journal().begin(["urn"], all);
  await first.open(new Set(), ["part-one-and-more", "part-two-and-more"]);
  await first.refuse("part-one-and-more");
  const [left] = (await journal().begin(["urn"], all)).earlier;
  expect(left!.asked("part-one-and-more")).toBe(false);
  expect(left!.asked("part-two-and-more")).toBe(true);
  expect(left!.askedForMore(["part-two-and-more"])).toBe(false);
});
