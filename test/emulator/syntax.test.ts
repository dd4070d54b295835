import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { repositoryIn } from "../support/git.js";
import { installedFolder } from "../support/project.js";
import { folderOf } from "./context.js";

interface Chunk {
  document: string;
  metadata: { document_key: string; chunk_strategy: string; language?: string };
}

const PARSERS = "@vscode/tree-sitter-wasm";
const BYTES = 240;
const body = (line: string) => Array.from({ length: 6 }, () => `  ${line}\n`).join("");
const FUNCTIONS: Record<string, (n: number) => string> = {
  "a.ts": (n) => `export function f${n}(x: number): number {\n${body("x += 1;")}  return x;\n}`,
  "a.js": (n) => `function f${n}(x) {\n${body("x += 1;")}  return x;\n}`,
  "a.jsx": (n) => `function F${n}() {\n${body("use();")}  return <b>{x}</b>;\n}`,
  "a.tsx": (n) => `function F${n}(): Node {\n${body("use();")}  return <b>{x}</b>;\n}`,
  "a.py": (n) => `def f${n}(x):\n${body("x += 1")}  return x`,
  "a.go": (n) => `func f${n}(x int) int {\n${body("x++")}  return x\n}`,
};
const LANGUAGE: Record<string, string> = {
  ...{ "a.ts": "typescript", "a.js": "javascript", "a.jsx": "javascript" },
  ...{ "a.tsx": "tsx", "a.py": "python", "a.go": "go" },
};
const functions = (name: string) => Array.from({ length: 5 }, (_, n) => FUNCTIONS[name]!(n));
const HOSTILE: Record<string, string> = {
  "deep.js": "(".repeat(200_000),
  "wide.py": "a=1;".repeat(100_000),
  "leaf.go": `package a\nvar x = \`${"é".repeat(20_000)}\`\n`,
};
const files = {
  ...Object.fromEntries(Object.keys(FUNCTIONS).map((name) => [name, `${functions(name).join("\n\n")}\n`])),
  ...HOSTILE,
  "notes.md": "# Notes\n",
};

/** What the packed package makes of the files, in an installation with the parsers or without. */
function sync(withParsers: boolean): { chunks: Chunk[]; stderr: string } {
  const folder = folderOf({});
  const modules = path.join(folder, "node_modules");
  const installed = path.join(installedFolder(), "node_modules");
  const repository = folderOf(files);
  repositoryIn(repository);
  fs.cpSync(path.join(installed, "pulumi-chroma-sync"), path.join(modules, "pulumi-chroma-sync"), {
    recursive: true,
  });
  for (const folder of ["@fastify", "@vscode"]) fs.mkdirSync(path.join(modules, folder));
  for (const name of ["zod", "undici", "picomatch", "re2js", "htmlparser2", "@fastify/busboy"])
    fs.symlinkSync(path.join(installed, name), path.join(modules, name));
  if (withParsers)
    fs.symlinkSync(path.join(__dirname, "../../node_modules", PARSERS), path.join(modules, PARSERS));
  const program = `
const { startEmulator } = require("pulumi-chroma-sync/emulator");
(async () => {
  const id = "0192f0c1-5d3e-7b7a-9c53-000000000001";
  const chunking = { type: "tree_sitter", max_size_bytes: ${BYTES} };
  const source = { id, database_name: "db", chunking, github: { repository: "a/b" } };
  const emulator = await startEmulator({ pendingMs: 0, processingMs: 0,
    seed: { sources: [source], repositories: { "a/b": ${JSON.stringify(repository)} } } });
  await fetch(emulator.url + "/api/v1/sources/" + id + "/invocations", { method: "POST",
    headers: { "x-chroma-token": "emulator" }, body: '{"target_collection_name":"code"}' });
  const answer = await fetch(emulator.url + "/_emulator/collections/code");
  require("fs").writeFileSync("chunks.json", await answer.text());
  await emulator.close();
})();`;
  const { stderr, status } = spawnSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" });
  expect({ status, stderr: status ? stderr : "" }).toEqual({ status: 0, stderr: "" });
  const { chunks } = JSON.parse(fs.readFileSync(path.join(folder, "chunks.json"), "utf8"));
  fs.rmSync(folder, { recursive: true });
  return { chunks, stderr };
}

test("with the parsers no function is cut that fits into a chunk", () => {
  const { chunks, stderr } = sync(true);
  expect(stderr).toBe("");
  for (const name of Object.keys(FUNCTIONS)) {
    const own = chunks.filter(({ metadata }) => metadata.document_key === name);
    for (const one of functions(name))
      expect(own.filter(({ document }) => document.includes(one))).toHaveLength(1);
    expect(own[0]!.metadata).toMatchObject({ chunk_strategy: "tree_sitter", language: LANGUAGE[name] });
  }
  expect(chunks.find(({ metadata }) => metadata.document_key === "notes.md")!.metadata).toMatchObject({
    chunk_strategy: "lines",
  });
});

test("code of any shape is kept whole, within the limit and in seconds", () => {
  const begun = Date.now();
  const { chunks } = sync(true);
  for (const [name, text] of Object.entries(HOSTILE)) {
    const own = chunks.filter(({ metadata }) => metadata.document_key === name);
    expect(
      own
        .map(({ document }) => document)
        .join("")
        .replace(/\s/g, ""),
    ).toBe(text.replace(/\s/g, ""));
    expect(Math.max(...own.map(({ document }) => Buffer.byteLength(document)))).toBeLessThanOrEqual(BYTES);
  }
  expect(Date.now() - begun).toBeLessThan(30_000);
});

test("without the parsers code is split by lines, which is said once", () => {
  const { chunks, stderr } = sync(false);
  expect(new Set(chunks.map(({ metadata }) => metadata.chunk_strategy))).toEqual(new Set(["lines"]));
  expect(stderr.trim().split("\n")).toEqual([
    `Code is split by lines, for want of a parser: npm install ${PARSERS}`,
  ]);
});
