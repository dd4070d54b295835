import * as fs from "node:fs";
import * as path from "node:path";
import { FAILURES, type FailureKind } from "../../src/api/index.js";
import { RULES } from "../../src/policy/index.js";
import { FIELD_NAMES, FIELDS } from "../../src/provider/invocation/inputs.js";
import { linesOf, ROOMS } from "../support/rooms.js";

/** Parts of pages that are written from the code. `UPDATE_DOCS=1 npx jest test/docs` writes them. */
const GENERATED: [file: string, part: string, text: (page: string) => string][] = [
  ["docs/architecture.md", "table of rooms", roomsTable],
  ["docs/killed-run.md", "table of failures", failuresTable],
  ["docs/policies.md", "table of rules", rulesTable],
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

test.each(pages)("every link of %s leads somewhere", (page) => {
  const file = path.join(__dirname, "../..", page);
  const links = [...fs.readFileSync(file, "utf8").matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link!);
  const local = links.filter((link) => !/^https?:/.test(link));
  expect(local.filter((link) => !fs.existsSync(path.join(path.dirname(file), link)))).toEqual([]);
});

test("every page of docs is linked from the README", () => {
  const readme = fs.readFileSync(path.join(__dirname, "../../README.md"), "utf8");
  expect(markdown("docs").filter((page) => !readme.includes(`(${page})`))).toEqual([]);
});

function rulesTable(): string {
  const options = (rule: (typeof RULES)[number]) =>
    Object.entries(rule.options ?? {})
      .map(([name, schema]) => `\`${name}\`: ${schema.description}`)
      .join(" ");
  const rows = RULES.map(
    (rule) =>
      `| \`${rule.name}\` | ${rule.level} | ${rule.description} Since ${rule.reason}. | ${options(rule)} |\n`,
  );
  return `| rule | level | demands | options |\n|---|---|---|---|\n${rows.join("")}`;
}

test("every sentence in docs/architecture.md is made in the file that it names", () => {
  const root = path.join(__dirname, "../..");
  const page = fs.readFileSync(path.join(root, "docs/architecture.md"), "utf8");
  const rows = [...page.matchAll(/^\| "(.+?)" \| `([^`]+)` \|$/gm)].map(([, sentence, file]) => ({
    sentence: sentence!,
    file: file!,
  }));
  expect(rows.length).toBeGreaterThan(20);
  const isMissing = ({ sentence, file }: { sentence: string; file: string }) => {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    return sentence.split(/ ?… ?/).some((part) => !text.includes(part));
  };
  expect(rows.filter(isMissing)).toEqual([]);
});
