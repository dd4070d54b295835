// The pages of the site, by what a reader wants. A page of docs/ that is not here fails the build.
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");

const reference = fs
  .readdirSync(path.join(root, "docs/reference"))
  .map((file) => `reference/${file}`)
  .sort((a, b) => Number(b.endsWith("/index.md")) - Number(a.endsWith("/index.md")));

/** Files of docs/ by section; README.md is the first page. */
export const SECTIONS = {
  Start: [
    "../README.md",
    "tutorial.md",
    "concepts.md",
    "without-an-account.md",
    "_index.md",
    "installation-configuration.md",
  ],
  "How to": [
    ...[
      "sources.md",
      "files.md",
      "content.md",
      "pinning.md",
      "replacing.md",
      "progress.md",
      "cost.md",
      "policies.md",
      "failures.md",
    ],
    ...[
      "killed-run.md",
      "destroying.md",
      "rotating-the-key.md",
      "beyond-one-machine.md",
      "plugin.md",
      "migrating.md",
    ],
    ...["client.md", "emulator.md"],
  ],
  Reference: [...reference, "messages.md", "mistakes.md", "compatibility.md"],
  Explanation: ["exactly-once.md", "architecture.md"],
};

/** Where a page is on the site. */
export const placeOf = (file) => ({ "../README.md": "index.md", "_index.md": "overview.md" })[file] ?? file;

/** The title of a page: its heading, or that of its head for the registry's. */
export const titleOf = (text) => (/^title: (.+)$/m.exec(text.split("\n---")[0]) ?? /^# (.+)$/m.exec(text))[1];

const listed = Object.values(SECTIONS).flat().sort();
const there = fs
  .readdirSync(path.join(root, "docs"), { recursive: true })
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.replaceAll(path.sep, "/"));
const wrong = [...new Set([...listed, ...there])].filter(
  (file) => file !== "../README.md" && listed.includes(file) !== there.includes(file),
);
if (wrong.length > 0) throw new Error(`site/pages.mjs and docs/ differ: ${wrong.join(", ")}`);
