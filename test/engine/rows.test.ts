import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { startEmulator } from "../../src/emulator/index.js";
import { sleep } from "../../src/provider/sleep.js";
import { faultProxy } from "../support/fault-proxy.js";
import { PluginProject } from "../support/plugin-project.js";
import { Project } from "../support/project.js";
import { inTerminal, type Screen } from "../support/terminal.js";
import { GITHUB, S3 } from "./one-sync.js";

const COUNT = 1200;
const MISSING = 3;
const key = (n: number) => `docs/${String(n).padStart(4, "0")}.md`;
const PAGE = path.join(__dirname, "../../docs/progress.md");

let content: string;
beforeAll(() => {
  content = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-content-"));
  fs.mkdirSync(path.join(content, "docs"));
  fs.writeFileSync(path.join(content, "guide.md"), "# Guide\n");
  for (let n = 0; n < COUNT - MISSING; n++) fs.writeFileSync(path.join(content, key(n)), `# ${n}\n`);
});
afterAll(() => fs.rmSync(content, { recursive: true }));

const DYNAMIC = `
import { ChromaSyncInvocation, ChromaSyncInvocationBatch } from "pulumi-chroma-sync";
const waitForCompletion = { pollIntervalSeconds: 0.5 };
new ChromaSyncInvocation("guide", { sourceId: "${S3}", objectKey: "guide.md", waitForCompletion });
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
    properties: { sourceId: ${S3}, objectKey: guide.md, waitForCompletion: { pollIntervalSeconds: 0.5 } }
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
  // However fast the machine is, the rows are to be seen.
  const proxy = await faultProxy(emulator.url, ({ method }) => (method === "POST" ? sleep(3) : sleep(0)));
  const environment = { CHROMA_API_KEY: "k", CHROMA_SYNC_ENDPOINT: proxy.url };
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
    await proxy.close();
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

/** One screen of each phase of the batch, for the page; the last of the last where no phase is to be seen. */
function captures(screens: Screen[]): string {
  const table = ({ lines }: Screen) => lines.filter((line) => /^\s+Type |^ [+ ] /.test(line)).slice(-4);
  const phases = [/ docs .*started [1-9]/, / docs .*complete [1-9]/].map((phase) =>
    screens.filter((screen) => table(screen).some((line) => phase.test(line))),
  );
  const shown = phases.flatMap((of) => of[Math.floor(of.length / 3)] ?? []);
  if (shown.length === 0) shown.push(screens[Math.floor(screens.length / 2)]!);
  // How this machine has its language host is nobody's concern.
  const line = (one: string) => one.replace(/(Stack .*)warning:.*/, "$1").trimEnd();
  return shown.map((screen) => table(screen).map(line).join("\n")).join("\n\n");
}

const ALL: [columns: number, host: "dynamic" | "plugin"][] = [
  [80, "dynamic"],
  [80, "plugin"],
  [100, "dynamic"],
  [100, "plugin"],
  [120, "dynamic"],
  [120, "plugin"],
];

// Each is a run of a quarter of a minute; the page shows all.
const WIDTHS = ALL.filter(
  ([columns, host]) =>
    process.env.UPDATE_DOCS || ((columns === 120) === (host === "dynamic") && columns !== 100),
);

test.each(WIDTHS)("at %i columns the rows of the %s host move", async (columns, host) => {
  const screens = await upAt(columns, host);
  for (const { lines } of screens) for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  const single = rowsOf(screens, "guide");
  const many = rowsOf(screens, "docs");
  if (columns > 80) {
    const seconds = single.flatMap(({ row }) => /(?:pending|processing) · (\d+)/.exec(row)?.[1] ?? []);
    expect(new Set(seconds).size).toBeGreaterThanOrEqual(3);
  } else if (host === "plugin") {
    // All that there is room for.
    for (const state of ["pending", "processi"])
      expect(single.some(({ row }) => row.trimEnd().endsWith(state))).toBe(true);
  }
  if (columns === 120) {
    expect(many.some(({ row }) => /started \d+\/1,200 · \d+\/s/.test(row))).toBe(true);
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
