// Writes what the site is built from into dist-site/pages: the pages of docs/ with links that work there, and for
// coding agents llms.txt, llms-full.txt, SKILL.md and every page as text.
import * as fs from "node:fs";
import * as path from "node:path";
import { placeOf, root, SECTIONS, titleOf } from "./pages.mjs";

const out = path.join(root, "dist-site/pages");
const { homepage, description } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const repository = `${homepage.replace("#readme", "")}/blob/main/`;
const raw = `${repository.replace("github.com", "raw.githubusercontent.com").replace("/blob", "")}`;
const places = new Map(
  Object.values(SECTIONS)
    .flat()
    .map((file) => [path.posix.join("docs", file), placeOf(file)]),
);

const NAMES = {
  ...{
    ts: "TypeScript",
    typescript: "TypeScript",
    python: "Python",
    go: "Go",
    csharp: "C#",
    java: "Java",
    yaml: "YAML",
  },
  ...{ linux: "Linux", macos: "macOS", windows: "Windows" },
};

fs.rmSync(path.join(root, "dist-site"), { recursive: true, force: true });
fs.mkdirSync(path.join(out, "public"), { recursive: true });
const llms = [
  "# pulumi-chroma-sync",
  `> ${description}`,
  "Links are relative to this file. [SKILL.md](SKILL.md) says how an agent declares a sync.",
];
let full = "";
for (const [section, files] of Object.entries(SECTIONS)) {
  const rows = files.map((file) => {
    const text = fs.readFileSync(path.join(root, "docs", file), "utf8");
    const place = placeOf(file);
    const page = forSite(text, path.posix.join("docs", file), place);
    write(place, page);
    write(`public/${place}`, page);
    full += `${page.trim()}\n\n`;
    return `- [${titleOf(text)}](${place})`;
  });
  llms.push(`## ${section}`, rows.join("\n"));
}
write("public/llms.txt", `${llms.join("\n\n")}\n`);
write("public/llms-full.txt", full);
fs.copyFileSync(path.join(root, "SKILL.md"), path.join(out, "public/SKILL.md"));
const images = fs.readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" });
for (const file of images.filter((name) => /\.(png|svg)$/.test(name)))
  for (const to of [file, `public/${file}`]) write(to, fs.readFileSync(path.join(root, "docs", file)));

function write(file, text) {
  fs.mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
  fs.writeFileSync(path.join(out, file), text);
}

/** The text with the site's links, outside of code, and without what only the registry knows. */
function forSite(text, file, place) {
  const parts = text.split(/^(```[\s\S]*?^```)$/m);
  const page = parts.map((part, index) => (index % 2 === 1 ? part : withLinks(part, file, place))).join("");
  return (
    page
      .replace(/^layout: package\n/m, "")
      .replace(/^meta_desc: /m, "description: ")
      .replace(/^---\n(title: (.+)\n[\s\S]*?)\n---\n/, "---\n$1\n---\n\n# $2\n")
      // The README has two programs in a table, which npm shows beside each other, and badges that are loaded from elsewhere.
      .replace(/<table>\s*<tr>[\s\S]*?<\/table>/, (table) => {
        const blocks = [...table.matchAll(/^```(\w+)\n[\s\S]*?^```$/gm)].map(([block, name]) =>
          block.replace(name, `${name} [${NAMES[name]}]`),
        );
        return `::: code-group\n\n${blocks.join("\n\n")}\n\n:::`;
      })
      .replace(/^\[!\[.*\n/gm, "")
      .replace(/^\{\{< \/?chooser .*?>\}\}\n|^\{\{< \/chooser >\}\}\n?/gm, "")
      .replace(
        /^\{\{% choosable \w+ (\w+) %\}\}$/gm,
        (_all, name) => `<details><summary>${NAMES[name]}</summary>\n`,
      )
      .replace(/^\{\{% \/choosable %\}\}$/gm, "\n</details>")
  );
}

function withLinks(text, file, place) {
  const to = (link) => linkFrom(link, file, place);
  return text
    .replace(/\]\(([^)\s]+)\)/g, (_all, link) => `](${to(link)})`)
    .replace(/^(\[[\w-]+\]: )(\S+)$/gm, (_all, name, link) => name + to(link));
}

/** A link of a page of the repository, from its place on the site: to another page there, or to the repository. */
function linkFrom(link, file, place) {
  if (link.startsWith("#")) return link;
  const [address, anchor] = link.replace(raw, repository).split(/(?=#)/);
  if (/^[a-z]+:/.test(address) && !address.startsWith(repository)) return link;
  const target = address.startsWith(repository)
    ? address.slice(repository.length)
    : path.posix.join(path.posix.dirname(file), address);
  const known =
    places.get(target) ??
    (/^docs\/[\w/-]+\.(png|svg)$/.test(target) ? target.slice("docs/".length) : undefined);
  if (known === undefined) return `${repository}${target}${anchor ?? ""}`;
  const relative = path.posix.relative(path.posix.dirname(place), known);
  return (relative.startsWith(".") ? relative : `./${relative}`) + (anchor ?? "");
}
