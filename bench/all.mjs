// Every bench in turn, and then one page and one plot of what they found.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./numbers.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const NAMES = ["single", "plugin", "batch", "files", "waiting", "import", "emulator"];
const asked = process.argv.slice(2);

for (const name of asked.includes("page")
  ? []
  : NAMES.filter((one) => asked.length === 0 || asked.includes(one)))
  execFileSync(process.execPath, [path.join(here, name, `${name}.mjs`)], { stdio: "inherit" });

const results = path.join(here, "results");
const parts = NAMES.map((name) => path.join(results, `${name}.md`)).filter((file) => fs.existsSync(file));
fs.writeFileSync(
  path.join(here, "RESULTS.md"),
  `# Results\n\nWritten by \`npm run bench\`. Numbers are medians, with the least and the most of all rounds.\n\n![seconds of an up over the number of syncs](results/up.svg)\n\n${parts.map((file) => fs.readFileSync(file, "utf8")).join("\n")}`,
);
fs.writeFileSync(path.join(results, "up.svg"), plot());

/** Seconds of an `up` over the number of syncs, both logarithmic. */
function plot() {
  const read = (name) => {
    const file = path.join(results, `${name}.json`);
    return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  };
  const single = read("single");
  const batch = read("batch");
  const line = (found, pick) => Object.entries(found).map(([n, one]) => [Number(n), median(pick(one))]);
  const lines = [
    ["one resource for each, this package", "#c0392b", line(single, (one) => one["this package"].up)],
    ["one resource for each, empty create", "#999999", line(single, (one) => one.floor.up)],
    ["one batch", "#1f77b4", line(batch, (one) => one.up)],
    ["bare loop of POSTs", "#2ca02c", line(batch, (one) => one.loop)],
  ];
  const [width, height, left, bottom] = [640, 360, 60, 320];
  const x = (n) => left + (Math.log10(n) / 5) * (width - left - 20);
  const y = (seconds) => bottom - ((Math.log10(seconds) + 2) / 4.5) * (bottom - 20);
  const ticks = [
    ...[1, 10, 100, 1000, 10_000, 100_000].map(
      (n) => `<text x="${x(n)}" y="${bottom + 16}" text-anchor="middle">${n.toLocaleString("en-US")}</text>`,
    ),
    ...[0.01, 0.1, 1, 10, 100].map(
      (s) =>
        `<line x1="${left}" x2="${width - 20}" y1="${y(s)}" y2="${y(s)}" stroke="#ddd"/><text x="${left - 6}" y="${y(s) + 4}" text-anchor="end">${s} s</text>`,
    ),
  ];
  const drawn = lines.flatMap(([name, colour, points], index) => [
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([n, s]) => `${x(n).toFixed(1)},${y(s).toFixed(1)}`).join(" ")}"/>`,
    ...points.map(
      ([n, s]) => `<circle cx="${x(n).toFixed(1)}" cy="${y(s).toFixed(1)}" r="3" fill="${colour}"/>`,
    ),
    `<text x="${left + 10}" y="${34 + index * 16}" fill="${colour}">${name}</text>`,
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12"><title>Seconds of an up over the number of syncs</title><rect width="100%" height="100%" fill="white"/>${[...ticks, ...drawn].join("")}<text x="${width / 2}" y="${height - 6}" text-anchor="middle">syncs</text></svg>\n`;
}
