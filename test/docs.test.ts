import * as fs from "node:fs";
import * as path from "node:path";
import { FAILURES, type FailureKind } from "../src/api/index.js";

/** Parts of pages that are written from the code. `UPDATE_DOCS=1 npx jest test/docs` writes them. */
const GENERATED: [file: string, part: string, text: () => string][] = [
  ["docs/killed-run.md", "table of failures", failuresTable],
];

test.each(GENERATED)("%s: its %s says what the code does", (file, part, text) => {
  const page = path.join(__dirname, "..", file);
  const before = fs.readFileSync(page, "utf8");
  const marks = new RegExp(`(<!-- ${part}: .*? -->\n)[^]*?(<!-- end -->)`);
  expect(before).toMatch(marks);
  const after = before.replace(marks, (_all, begin, end) => `${begin}${text()}${end}`);
  if (process.env.UPDATE_DOCS) fs.writeFileSync(page, after);
  else expect(before).toBe(after);
});

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
