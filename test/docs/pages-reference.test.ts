import * as fs from "node:fs";
import * as path from "node:path";
import { referencePages } from "../../codegen/reference/index.js";
import schema from "../../schema.json";
import { MISTAKES } from "../support/mistakes/index.js";

const root = path.join(__dirname, "../..");
const folder = path.join(root, "docs/reference");
const flat = MISTAKES.flatMap(({ title, mistakes }) => mistakes.map((one) => ({ title, ...one })));
const pages = referencePages(flat);

test("the committed reference is what the doc comments say", () => {
  if (process.env.UPDATE_DOCS) {
    // Other tests read the pages meanwhile.
    fs.mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(pages)) fs.writeFileSync(path.join(folder, file), text);
    for (const file of fs.readdirSync(folder)) if (!(file in pages)) fs.rmSync(path.join(folder, file));
  }
  const committed = fs
    .readdirSync(folder)
    .map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]);
  expect(Object.fromEntries(committed)).toEqual(pages);
});

test.each(Object.entries(schema.resources))("every input and output of %s has its place", (token, spec) => {
  const page = Object.values(pages).find((text) => text.startsWith(`# ${token.split(":").at(-1)}\n`))!;
  for (const input of Object.keys(spec.inputProperties)) expect(page).toContain(`\n### ${input}\n`);
  for (const output of Object.keys(spec.properties)) expect(page).toContain(`\n- **\`${output}\`** (`);
  for (const required of spec.requiredInputs)
    expect(page).toMatch(new RegExp(`\n### ${required}\n\n[^\n]+ · required`));
});

test("each link within the reference leads to a page and a heading", () => {
  const anchors = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
  for (const [file, text] of Object.entries(pages))
    for (const [, anchor] of text.matchAll(/\]\(#([\w-]+)\)/g))
      expect([file, anchors(text)]).toEqual([file, expect.arrayContaining([anchor])]);
});

test("every setting and environment variable that the code reads is on the page of settings", () => {
  const read = new Set<string>();
  for (const room of ["src", "sdk"])
    for (const name of fs.readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      const text = fs.readFileSync(path.join(root, room, name), "utf8");
      for (const [, variable] of text.matchAll(/\b(?:process\.env|environment)\.([A-Z_]{2,})/g))
        read.add(variable!);
      for (const [setting] of text.matchAll(/chroma-sync:[a-z][A-Za-z]+(?=")/g)) read.add(setting);
      for (const [variable] of text.matchAll(/\bCHROMA_(?:SYNC|API)_[A-Z_]+\b/g)) read.add(variable);
    }
  expect(read.size).toBeGreaterThan(10);
  expect([...read].filter((name) => !pages["settings.md"]!.includes(name))).toEqual([]);
});

test("what a mistake says is beside the input that it is about", () => {
  expect(pages["invocation.md"]).toMatch(/### customId\n(?:(?!\n#)[\s\S])*- `customId is 121 characters/);
  expect(pages["invocation.md"]).not.toMatch(/### objectKey\n(?:(?!\n#)[\s\S])*- `objects /);
  expect(pages["source.md"]).toMatch(/### webScrape\n(?:(?!\n#)[\s\S])*webScrape\.startingUrl must be/);
});

test("nothing is without words", () => {
  const silent = (text: string) =>
    text.match(/^- \*\*`\w+`\*\* \(.*\): ?$|^[^\n]+ · (optional|required)$\n\n(?=#)/gm);
  expect(
    Object.entries(pages).flatMap(([file, text]) => (silent(text) ?? []).map((one) => `${file}: ${one}`)),
  ).toEqual([]);
});
