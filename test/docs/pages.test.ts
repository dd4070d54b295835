import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import manifest from "../../package.json";
import { FAILURES, type FailureKind } from "../../src/api/index.js";
import { FIELD_NAMES, FIELDS } from "../../src/provider/invocation/inputs.js";
import { programs } from "../support/language-chooser.js";
import { type Message, messages } from "../support/messages.js";
import { type Group, MISTAKES } from "../support/mistakes/index.js";
import { linesOf, ROOMS } from "../support/rooms.js";

/** Parts of pages that are written from the code. `UPDATE_DOCS=1 npx jest test/docs` writes them. */
const GENERATED: [file: string, part: string, text: (page: string) => string][] = [
  ["docs/_index.md", "programs", () => programs("repository")],
  ["docs/architecture.md", "table of rooms", roomsTable],
  ["docs/killed-run.md", "table of failures", failuresTable],
  ["docs/messages.md", "index of messages", messagesIndex],
  ["docs/mistakes.md", "table of mistakes", mistakesTable],
  ["docs/replacing.md", "table of inputs", inputsTable],
];

test.each(GENERATED)("%s: its %s says what the code does", (file, part, text) => {
  const page = path.join(__dirname, "../..", file);
  const before = fs.readFileSync(page, "utf8");
  const marks = new RegExp(`(<!-- ${part}: .*? -->\n)[^]*?(<!-- end -->)`);
  expect(before).toMatch(marks);
  const after = before.replace(marks, (_all, begin, end) => `${begin}${text(before)}${end}`);
  if (process.env.UPDATE_DOCS) fs.writeFileSync(page, after);
  else expect(before).toBe(after);
});

function roomsTable(page: string): string {
  const listed = (names: string[]) => names.map((name) => `\`${name}\``).join(", ") || "none";
  const rows = Object.entries(ROOMS).map(
    ([room, { holds, rooms }]) =>
      `| \`${room}/\` | ${linesShown(page, room)} | ${holds} | ${listed(rooms)} |\n`,
  );
  return `| room | lines | holds | may import from |\n|---|---|---|---|\n${rows.join("")}`;
}

/** The lines of a room, rounded to hundreds; what the page says stays while it is right within a tenth. */
function linesShown(page: string, room: string): number {
  const lines = linesOf(room);
  const [, shown] = new RegExp(`^\\| \`${room}/\` \\| (\\d+) \\|`, "m").exec(page) ?? [];
  const isNear = Math.abs(Number(shown) - lines) <= Math.max(50, lines / 10);
  return isNear ? Number(shown) : Math.max(100, Math.round(lines / 100) * 100);
}

function failuresTable(): string {
  const known = ({ codes, statuses }: FailureKind) =>
    [codes?.map((code) => `\`${code}\``).join(" "), statuses && [...new Set(statuses)].join("–")]
      .filter(Boolean)
      .join(" ");
  const rows = FAILURES.map(
    (kind) => `| ${kind.failure} | ${known(kind)} | ${kind.outcome} | ${kind.create} |\n`,
  );
  return `| failure | known by | meaning | a create |\n|---|---|---|---|\n${rows.join("")}`;
}

function inputsTable(): string {
  /** Those that replace, but not by each change of theirs. */
  const special: Record<string, string> = {
    retryFailed: "a new invocation, if it is on and the recorded one failed or was cancelled",
    adoptInvocationId: "the named invocation replaces it; removing the input changes nothing",
  };
  const listed = (names: string[]) => names.map((name) => `\`${name}\``).join(", ");
  const others = FIELD_NAMES.filter((name) => !(name in special));
  const rows = [
    [listed(others.filter((name) => FIELDS[name].replaces)), "a new invocation"],
    ...Object.entries(special).map(([name, what]) => [listed([name]), what]),
    [listed(others.filter((name) => !FIELDS[name].replaces)), "in place, nothing is sent"],
  ];
  return `| a change of | is |\n|---|---|\n${rows.map((row) => `| ${row.join(" | ")} |\n`).join("")}`;
}

const pages = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...markdown("docs"),
  ...markdown("examples"),
];

function markdown(folder: string): string[] {
  const names = fs.readdirSync(path.join(__dirname, "../..", folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".md")).map((name) => path.join(folder, name));
}

/** What links into the repository begin with, where nothing is beside a page: on npm and in the registry. */
const repository = `${manifest.homepage.replace("#readme", "")}/blob/main/`;

function linksOf(page: string): string[] {
  const text = fs.readFileSync(path.join(__dirname, "../..", page), "utf8");
  return [...text.matchAll(/\]\(([^)#]+)[^)]*\)|^\[[\w-]+\]: ([^#\s]+)/gm)].map(
    ([, inline, named]) => inline ?? named!,
  );
}

test.each(pages)("every link of %s leads somewhere", (page) => {
  const root = path.join(__dirname, "../..");
  const files = linksOf(page).flatMap((link) => {
    if (link.startsWith(repository)) return path.join(root, link.slice(repository.length));
    return /^https?:/.test(link) ? [] : path.join(root, path.dirname(page), link);
  });
  expect(files.filter((file) => !fs.existsSync(file))).toEqual([]);
});

test("the README, which npm shows, has absolute links alone", () => {
  expect(linksOf("README.md").length).toBeGreaterThan(30);
  expect(linksOf("README.md").filter((link) => !link.startsWith("https://"))).toEqual([]);
});

test("every page of docs is linked from the README, one of the reference from its index", () => {
  const index = "docs/reference/index.md";
  const linked = [
    ...linksOf("README.md"),
    ...linksOf(index).map((link) => `${repository}docs/reference/${link}`),
  ];
  expect(linksOf("README.md")).toContain(repository + index);
  expect(markdown("docs").filter((page) => !linked.includes(repository + page))).toEqual([]);
});

function messagesIndex(): string {
  const row = ({ text, file }: Message) => `| ${asCode(text)} | [${file}](../${file}) |\n`;
  const parts = messages().map(
    ([title, all]) => `## ${title}\n\n| message | made in |\n|---|---|\n${all.map(row).join("")}`,
  );
  return parts.join("\n");
}

function mistakesTable(): string {
  const titles = [...new Set(MISTAKES.map(({ title }) => title))];
  const rows = ({ mistakes, run, as }: Group) =>
    mistakes.map(({ input, says }) => {
      const where = as === "warning" ? `${run}, warning` : run;
      return `| ${input === "" ? "the same" : asCode(input)} | ${asCode(says)} | ${where} |\n`;
    });
  const parts = titles.map((title) => {
    const all = MISTAKES.filter((group) => group.title === title).flatMap(rows);
    return `## ${title}\n\n| mistake | message | where |\n|---|---|---|\n${all.join("")}`;
  });
  return parts.join("\n");
}

/** Code in a cell of a table, whatever it holds. */
function asCode(text: string): string {
  const cell = text.replaceAll("|", "\\|").replaceAll("\n", "\\n");
  return cell.includes("`") ? `\`\` ${cell} \`\`` : `\`${cell}\``;
}

test("the index of messages has every kind, and none of another file twice", () => {
  const index = messages();
  for (const [title, all] of index) expect([title, all.length > 10]).toEqual([title, true]);
  const texts = index.flatMap(([, all]) => all.map(({ text, file }) => `${file}: ${text}`));
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts).toContain(
    "src/provider/validation/rules.ts: is required: give the UUID of the source to sync",
  );
});

test("the prose linter finds a word that this project avoids, and none in code", () => {
  const lint = (text: string) =>
    spawnSync(
      process.execPath,
      [path.join(__dirname, "../../node_modules/.bin/textlint"), "--stdin", "--stdin-filename", "page.md"],
      { cwd: path.join(__dirname, "../.."), input: text, encoding: "utf8" },
    );
  expect(lint("A lookup returns it. `mend` it.\n")).toMatchObject({ status: 0, stdout: "" });
  const { status, stdout } = lint("A look-up must be mended.\n");
  expect(status).toBe(1);
  expect(stdout).toMatch(/look-up.*lookup[\s\S]*mended.*fixed/);
});

test("the table of mistakes has fifty at least", () => {
  expect(MISTAKES.flatMap(({ mistakes }) => mistakes).length).toBeGreaterThanOrEqual(50);
});
