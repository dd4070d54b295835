import * as fs from "node:fs";
import * as path from "node:path";
import { startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";

const FILES = 60;

test("files are uploaded once: on a first run, after a change, and after a kill in the middle", async () => {
  const emulator = await startEmulator({
    token: "key",
    seed: { databases: ["db"] },
    pendingMs: 0,
    processingMs: 0,
  });
  const project = new Example("local-files", { CHROMA_API_KEY: "key", CHROMA_SYNC_ENDPOINT: emulator.url });
  const write = (name: string, text: string) =>
    fs.writeFileSync(path.join(project.folder, "docs", name), text);
  const uploads = () =>
    emulator
      .jobs()
      .map(({ metadata }) => (metadata as { file_upload?: { filename: string } }).file_upload!.filename);
  try {
    project.init();
    await project.pulumi("config", "set", "databaseName", "db");
    const preview = await project.preview();
    if (process.env.SHOW_TEXTS) console.log(preview.output);
    expect(preview.output).toContain("2 new, 0 changed, 0 removed, 0 unchanged");
    expect(preview.output).toContain("+ handbook/guide.md");
    expect(preview.output).toMatch(/uploads about\.md, 69 bytes, into handbook/);
    expect(uploads()).toEqual([]);

    const first = await project.up("--skip-preview");
    if (process.env.SHOW_TEXTS) console.log(first.output);
    expect(first).toMatchObject({ code: 0 });
    expect(uploads().sort()).toEqual(["about.md", "handbook/guide.md", "handbook/prices.md"]);
    expect((await project.outputs()).counts).toMatchObject({ total: 2, complete: 2 });

    write("prices.md", "# Prices\n\nStill nothing.\n");
    const changed = await project.up();
    if (process.env.SHOW_TEXTS) console.log(changed.output);
    expect(changed).toMatchObject({ code: 0 });
    expect(changed.output).toContain("0 new, 1 changed, 0 removed, 1 unchanged");
    expect(changed.output).toContain("~ handbook/prices.md content");
    expect(changed.output).toMatch(/diff: .*contentHash/);
    expect(uploads().slice(3).sort()).toEqual(["about.md", "handbook/prices.md"]);

    for (let index = 0; index < FILES; index++) write(`${index}.md`, `# ${index}\n`);
    emulator.faults.add({ operation: "add_file", kind: "delay-after", delayMs: 300, probability: 0.5 });
    const killed = project.start("up", "--yes", "--skip-preview");
    while (uploads().length < 5 + FILES / 2) await new Promise((resolve) => setTimeout(resolve, 10));
    killed.kill();
    project.killProvider();
    await killed.done;
    const before = uploads().length;
    expect(before).toBeLessThan(5 + FILES);
    await project.pulumi("cancel", "--yes");
    const next = await project.up("--skip-preview");
    if (process.env.SHOW_TEXTS) console.log(`killed with ${before - 5} of ${FILES}\n${next.output}`);
    expect(next).toMatchObject({ code: 0 });
    const added = uploads().filter((name) => /^handbook\/\d/.test(name));
    expect({ accepted: added.length, different: new Set(added).size }).toEqual({
      accepted: FILES,
      different: FILES,
    });
    expect(uploads().filter((name) => name === "about.md")).toHaveLength(3);
    expect((await project.outputs()).counts).toMatchObject({ total: 2 + FILES, complete: 2 + FILES });

    const again = await project.up("--skip-preview");
    expect(again.output).toContain("3 unchanged");
    expect((await project.destroy("--skip-preview")).code).toBe(0);
    expect(emulator.jobs()).toHaveLength(6 + FILES);
  } finally {
    await emulator.close();
    project.remove();
  }
});
