import * as fs from "node:fs";
import * as path from "node:path";

const folder = path.join(__dirname, "../../docs/captures");
const COLUMNS = 100;
const LINE = 20;
const LETTER = 8.43;

/** What a line of Pulumi is shown in; the first that fits. */
const COLOURS: [RegExp, string][] = [
  [/^\$ /, "#ffffff"],
  [/error:|\[mandatory\]|❌/, "#ff8080"],
  [/warning:|\[advisory\]/, "#f0d070"],
  [/^ {4}\+ |^ \+ /, "#8bd58b"],
];

/** A drawing of a terminal that shows a command and what the engine said. */
export function terminalSvg(command: string, output: string): string {
  const lines = [`$ ${command}`, ...output.split("\n")].flatMap((line) => {
    const colour = COLOURS.find(([pattern]) => pattern.test(line))?.[1] ?? "#d8dee9";
    return wrapped(line).map((text) => ({ text, colour }));
  });
  const height = lines.length * LINE + 32;
  const width = Math.round(COLUMNS * LETTER) + 40;
  const rows = lines.map(({ text, colour }, index) => {
    const y = 28 + index * LINE;
    return `<text x="20" y="${y}" fill="${colour}" xml:space="preserve">${escaped(text)}</text>\n`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" role="img">\n` +
    `<title>${escaped(command)}</title>\n<rect width="100%" height="100%" rx="8" fill="#1e222a"/>\n${rows.join("")}</svg>\n`
  );
}

/** Keeps what the engine said as docs/captures/<name>.svg (UPDATE_DOCS), or compares it with what is there. */
export function capture(name: string, command: string, output: string): void {
  const file = path.join(folder, `${name}.svg`);
  const svg = terminalSvg(command, steady(output));
  if (process.env.UPDATE_DOCS) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, svg);
  }
  // Resources that do not wait for each other are shown in any order.
  expect(textsOf(fs.readFileSync(file, "utf8"))).toEqual(textsOf(svg));
}

const textsOf = (svg: string) => [...svg.matchAll(/>(.*)<\/text>/g)].map(([, text]) => text).sort();

/** The output without what differs from run to run. */
function steady(output: string): string {
  const ids = new Map<string, string>();
  const nameOf = (id: string) =>
    ids.get(id) ?? ids.set(id, `0192f0c1-0000-7000-8000-00000000000${ids.size + 1}`).get(id)!;
  return (
    output
      .replace(/(?<!\w)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?!\w)/g, nameOf)
      .replace(/chroma-sync@v[\w.-]+/g, "chroma-sync")
      .replace(/ \(\d+(?:\.\d+)?m?s\)/g, "")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "2026-01-01T09:00:00Z")
      .replace(/^\s*Duration: .*$/gm, "")
      // How this machine has its language and policy hosts is nobody's concern.
      .replace(/^.*warning: using pulumi-(?:language|analyzer)-.*$/gm, "")
      // How many of these there are depends on the time.
      .replace(/^@ previewing.*$|^.*: (?:starting|done)$|^.* \d+ errors?; \d+ warnings?$/gm, "")
      .replace(/\/tmp\/\S*?\/chroma-sync-[\w-]+|\/tmp\/chroma-sync-[\w-]+/g, "~/infra")
      .replace(/\n{2,}/g, "\n")
      .trim()
  );
}

/** A line as a terminal wraps it, at a space if there is one. */
function wrapped(line: string): string[] {
  if (line.length <= COLUMNS) return [line.trimEnd()];
  const space = line.lastIndexOf(" ", COLUMNS);
  const cut = space > COLUMNS / 2 ? space : COLUMNS;
  return [line.slice(0, cut), ...wrapped(`      ${line.slice(cut).trimStart()}`)];
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
