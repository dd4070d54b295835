import * as fs from "node:fs";
import * as path from "node:path";
import { pluginProject } from "./plugin-service.js";

const PROGRAM = `
resources:
  docs:
    type: chroma-sync:Files
    properties:
      databaseName: db
      collectionName: docs
      folder: docs
      waitForCompletion: true
  guide:
    type: chroma-sync:File
    properties:
      databaseName: db
      collectionName: docs
      file: { fn::fileAsset: ./guide.md }
  text:
    type: chroma-sync:File
    properties:
      databaseName: db
      collectionName: docs
      filename: text.md
      file: { fn::stringAsset: "a text" }
outputs:
  counts: \${docs.counts}
  ids: \${docs.invocationIds}
  filename: \${guide.filename}
`;

test("files of a YAML program: assets by their content, a folder of several, and nothing twice", async () => {
  const { project, emulator, plan, ids } = await pluginProject("files");
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(project.folder, name)), { recursive: true });
    fs.writeFileSync(path.join(project.folder, name), text);
  };
  write("docs/a.md", "one");
  write("docs/b/c.md", "two");
  write("guide.md", "# Guide\n");
  project.declare(PROGRAM);
  const preview = await project.preview();
  expect(preview.output).toContain("uploads guide.md, 8 bytes, into docs");
  expect(preview.output).toContain("2 new, 0 changed, 0 removed, 0 unchanged");
  expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
  expect(ids()).toHaveLength(4);
  expect(await project.outputs()).toMatchObject({
    counts: { total: 2, complete: 2 },
    ids: { "a.md": expect.any(String), "b/c.md": expect.any(String) },
    filename: "guide.md",
  });
  expect(await project.refresh("--skip-preview")).toMatchObject({ code: 0 });
  expect((await project.up("--skip-preview")).output).toContain("4 unchanged");

  write("docs/b/c.md", "other");
  write("guide.md", "# Another guide\n");
  const changes = await plan();
  expect(Object.keys(changes).sort()).toEqual(["docs", "guide"]);
  expect(changes.docs).toMatchObject({ op: "update" });
  expect(changes.guide).toMatchObject({ reasons: ["contentHash"] });
  expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
  expect(ids()).toHaveLength(6);
  expect((await project.up("--skip-preview")).output).toContain("4 unchanged");

  fs.truncateSync(path.join(project.folder, "guide.md"), 209_715_201);
  const refused = await project.preview();
  expect(refused.output).toMatch(
    /guide\.md has 209,715,201 bytes: the service takes files of 1 to 209,715,200/,
  );
  fs.rmSync(path.join(project.folder, "guide.md"));
  // The engine hashes assets itself, before it asks the plugin.
  expect((await project.preview()).output).toMatch(/failed to open asset file .*guide\.md/);
  write("guide.md", "# Another guide\n");
  expect(await project.destroy("--skip-preview")).toMatchObject({ code: 0 });
  expect(emulator.jobs()).toHaveLength(6);
});
