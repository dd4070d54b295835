import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";

const root = path.join(__dirname, "../..");
const CONTEXT = `import { ChromaSyncInvocation, ChromaSyncSource } from "../../sdk/index.js";
import { ChromaSyncClient } from "../../src/api/index.js";
declare const sourceId: string;
`;
/** The SDK of the plugin is generated from these classes, with other names. */
const SDK = `export {
  ChromaSyncInvocation as Invocation, ChromaSyncInvocationBatch as InvocationBatch,
  ChromaSyncSource as Source, ChromaSyncProvider as Provider,
} from "../../sdk/index.js";`;
const documents = ["README.md", "SKILL.md", ...sources("docs", ".md"), ...sources("sdk"), ...sources("src")];

function sources(folder: string, extension = ".ts"): string[] {
  const names = fs.readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(extension)).map((name) => path.join(folder, name));
}

/** The TypeScript blocks of a document, the stars of a doc comment taken off. */
function blocks(file: string): string[] {
  const text = fs.readFileSync(path.join(root, file), "utf8").replace(/^ *\* ?/gm, "");
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code!);
}

test("every example in the documentation compiles", () => {
  const folder = fs.mkdtempSync(path.join(root, "test/.snippets-"));
  try {
    const files = documents.flatMap((file) =>
      blocks(file).map((code, index) => {
        const name = path.join(folder, `${file.replaceAll(/\W/g, "_")}_${index}.ts`);
        // A block that imports nothing stands on the class it belongs to.
        fs.writeFileSync(name, `${code.includes("import ") ? "" : CONTEXT}${code}\nexport {};`);
        return name;
      }),
    );
    expect(files.length).toBeGreaterThan(4);
    const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
    const sdk = path.join(folder, "sdk.ts");
    fs.writeFileSync(sdk, SDK);
    const program = ts.createProgram(files, {
      ...options,
      paths: { ...options.paths, "pulumi-chroma-sync-sdk": [sdk] },
      module: ts.ModuleKind.ES2022,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      noUnusedLocals: false,
    });
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map((one) => `${one.file?.fileName}: ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`);
    expect(problems).toEqual([]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
