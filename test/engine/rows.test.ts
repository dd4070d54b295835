import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { startEmulator } from "../../src/emulator/index.js";
import { PluginProject } from "../support/plugin-project.js";
import { Project } from "../support/project.js";
import { inTerminal, type Screen } from "../support/terminal.js";
import { GITHUB, S3 } from "./one-sync.js";

const COUNT = 400;
const MISSING = 3;
const key = (n: number) => `docs/${String(n).padStart(3, "0")}.md`;
const PAGE = path.join(__dirname, "../../docs/progress.md");

let content: string;
beforeAll(() => {
  content = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-content-"));
  fs.mkdirSync(path.join(content, "docs"));
  for (let n = 0; n < COUNT - MISSING; n++) fs.writeFileSync(path.join(content, key(n)), `# ${n}\n`);
});
afterAll(() => fs.rmSync(content, { recursive: true }));

const DYNAMIC = `
import { ChromaSyncInvocation, ChromaSyncInvocationBatch } from "pulumi-chroma-sync";
const waitForCompletion = { pollIntervalSeconds: 0.5 };
new ChromaSyncInvocation("guide", { sourceId: "${S3}", objectKey: "${key(0)}", customId: "g", waitForCompletion });
new ChromaSyncInvocationBatch("docs", {
  sourceId: "${S3}",
  concurrency: 1,
  waitForCompletion,
  objects: ${JSON.stringify(Array.from({ length: COUNT }, (_, n) => ({ objectKey: key(n) })))},
});
`;

const PLUGIN = `resources:
  guide:
    type: chroma-sync:Invocation
    properties: { sourceId: ${S3}, objectKey: ${key(0)}, customId: g, waitForCompletion: { pollIntervalSeconds: 0.5 } }
  docs:
    type: chroma-sync:InvocationBatch
    properties:
      sourceId: ${S3}
      concurrency: 1
      waitForCompletion: { pollIntervalSeconds: 0.5 }
      objects: ${JSON.stringify(Array.from({ length: COUNT }, (_, n) => ({ objectKey: key(n) })))}
`;

/** An up in a terminal of so many columns, against a service that takes some seconds. */
async function upAt(columns: number, host: "dynamic" | "plugin"): Promise<Screen[]> {
  const emulator = await startEmulator({
    token: "k",
    pendingMs: 1500,
    processingMs: 3000,
    seed: {
      buckets: { b: content },
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
      ],
    },
  });
  const environment = { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: emulator.url };
  const project =
    host === "plugin" ? new PluginProject("docs", environment) : new Project("docs", {}, environment);
  try {
    if (project instanceof PluginProject) project.declare(PLUGIN);
    else project.write({ "index.ts": DYNAMIC });
    project.init();
    // A run of CI, too, shows rows here.
    const env = { ...project.environment(), CI: "", GITHUB_ACTIONS: "", TERM: "xterm" };
    const command = "pulumi up --yes --skip-preview --color=always";
    const { screens } = await inTerminal(command, columns, { cwd: project.folder, env });
    return screens;
  } finally {
    project.remove();
    await emulator.close();
  }
}

/** The rows of a resource, as they followed each other. */
function rowsOf(screens: Screen[], name: string): { at: number; row: string }[] {
  const rows = screens.map(({ at, lines }) => ({
    at,
    row: lines.findLast((line) => line.includes(`:`) && line.includes(` ${name} `)) ?? "",
  }));
  return rows.filter(({ row }, index) => row !== "" && row !== rows[index - 1]?.row);
}

/** One screen of each phase, for the page. */
function captures(screens: Screen[]): string {
  const last = (pattern: RegExp) => screens.findLast(({ lines }) => lines.some((line) => pattern.test(line)));
  const shown = [/started \d+\/400|creating \([12]s\)/, /processing|creating \([345]s\)/].map(last);
  return shown
    .map((screen) => {
      const table = screen?.lines.filter((line) => /^\s+Type |^ [+ ] /.test(line)) ?? [];
      return table.slice(-4).join("\n");
    })
    .join("\n\n");
}

const WIDTHS: [columns: number, host: "dynamic" | "plugin"][] = [
  [80, "dynamic"],
  [80, "plugin"],
  [100, "dynamic"],
  [100, "plugin"],
  [120, "dynamic"],
  [120, "plugin"],
];

test.each(WIDTHS)("at %i columns the rows of the %s host move", async (columns, host) => {
  const screens = await upAt(columns, host);
  for (const { lines } of screens) for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  const single = rowsOf(screens, "guide");
  const many = rowsOf(screens, "docs");
  // The dynamic host's types leave no room for more at 80 columns than the engine's own seconds.
  if (host === "plugin" || columns > 80) {
    const seconds = single.flatMap(({ row }) => /(?:pending|processing) · (\d+) s/.exec(row)?.[1] ?? []);
    expect(new Set(seconds).size).toBeGreaterThanOrEqual(3);
  }
  if (columns === 120) {
    expect(many.some(({ row }) => /started \d+\/400/.test(row))).toBe(true);
    expect(many.some(({ row }) => /complete \d+ · processing \d+/.test(row))).toBe(true);
  }
  const text = `<!-- ${host} at ${columns} -->\n\`\`\`text\n${captures(screens)}\n\`\`\`\n`;
  if (!process.env.UPDATE_DOCS) return;
  const page = fs.readFileSync(PAGE, "utf8");
  const block = new RegExp(`<!-- ${host} at ${columns} -->\n\`\`\`text\n[^]*?\n\`\`\`\n`);
  expect(page).toMatch(block);
  fs.writeFileSync(
    PAGE,
    page.replace(block, () => text),
  );
});
