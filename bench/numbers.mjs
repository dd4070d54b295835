import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `median (least–most)`, with so many digits. */
export function spread(values, digits = 2) {
  if (values.length === 0) return "–";
  const text = (value) => value.toFixed(digits);
  return `${text(median(values))} (${text(Math.min(...values))}–${text(Math.max(...values))})`;
}

export function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

export function machine() {
  const gb = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} cores (${os.cpus()[0].model.trim()}), ${gb} GB, ${os.type()}, Node ${process.versions.node}`;
}

/** Keeps what one bench found; `npm run bench` puts them together. */
export function keep(name, title, text, data) {
  const folder = path.join(here, "results");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${name}.md`), `## ${title}\n\n${machine()}\n\n${text}\n`);
  fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(data, null, 1)}\n`);
  console.log(`\n## ${title}\n\n${text}\n`);
}
