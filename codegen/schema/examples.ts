import * as fs from "node:fs";
import * as path from "node:path";

const folder = path.join(__dirname, "../../examples/languages");
/** Each language's name for the documentation, and the file that a reader looks for first. */
const LANGUAGES = {
  typescript: "typescript/index.ts",
  python: "python/__main__.py",
  go: "go/main.go",
  csharp: "csharp/Program.cs",
  java: "java/src/main/java/example/App.java",
  yaml: "yaml/Pulumi.yaml",
};

/** The languages of an example program, each with its code as a block. */
export function examplePrograms(name: string): [language: string, block: string][] {
  return Object.entries(LANGUAGES).map(([language, file]) => {
    const text = fs.readFileSync(path.join(folder, name, file), "utf8").trim();
    return [language, `\`\`\`${language}\n${text}\n\`\`\``];
  });
}

/** One of the example programs in each language, as the registry's pages and the SDKs show it. */
export function examples(name: string): string {
  return [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    ...examplePrograms(name).map(([, block]) => block),
    "{{% /example %}}",
    "{{% /examples %}}",
  ].join("\n\n");
}
