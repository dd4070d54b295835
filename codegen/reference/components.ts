import * as path from "node:path";
import * as ts from "typescript";
import { Declarations, manual, pluginsName } from "../schema/declarations.js";
import { reference, unwrapped } from "../schema/nodes.js";
import { Types } from "../schema/types.js";
import { type Mistake, otherMistakes } from "./mistakes.js";
import { facts } from "./resource.js";
import { type NamedTypes, oneLine, reachable, typesPart } from "./types.js";

const root = path.join(__dirname, "../..");

/** The page of what only the npm package has: its components, and the functions that are none of the schema's. */
export function componentsPage(functions: string[], mistakes: Mistake[]): string[] {
  const declarations = new Declarations();
  const types = new Types(declarations);
  const exported = exportedNames();
  const classes = declarations.all(ts.isClassDeclaration).filter(([name, one]) => {
    const above = one.heritageClauses?.map((clause) => clause.getText()).join();
    return exported.has(name) && above === "extends pulumi.ComponentResource";
  });
  const others = declarations
    .all(ts.isFunctionDeclaration)
    .filter(([name]) => exported.has(name) && !functions.includes(name.replace(/Output$/, "")));
  const all = classes.map(([name]) => types.object(reference(`${name}Args`), name));
  const named = types.specs as NamedTypes;
  return [
    "# Components and functions of the npm package",
    "`pulumi-chroma-sync` has these beside the resources; the generated SDKs do not.",
    ...classes.flatMap(([name, declared], index) => [
      `## ${name}`,
      manual(declared),
      ...Object.entries(all[index]!.properties).flatMap(([input, property]) => [
        `### ${pluginsName(name)}: ${input}`,
        facts(property, all[index]!.required.includes(input), named),
        property.description,
      ]),
      `Outputs of ${name}:`,
      outputsOf(declared),
      ...errorsOf(name, mistakes),
    ]),
    ...others.flatMap(([name, declared]) => functionPart(name, declared, declarations)),
    "## Types",
    ...typesPart(
      reachable(
        all.flatMap(({ properties }) => Object.values(properties)),
        named,
      ),
      named,
    ),
  ].filter((part) => part !== "");
}

/** What `sdk/index.ts` exports. */
function exportedNames(): Set<string> {
  const file = path.join(root, "sdk/index.ts");
  const source = ts.createSourceFile(file, ts.sys.readFile(file)!, ts.ScriptTarget.Latest, true);
  return new Set(
    source.statements
      .filter(ts.isExportDeclaration)
      .flatMap(({ exportClause }) => [...(exportClause as ts.NamedExports).elements])
      .map(({ name }) => name.text),
  );
}

function outputsOf(declared: ts.ClassDeclaration): string {
  const properties = declared.members.filter(ts.isPropertyDeclaration);
  const rows = properties.map((one) => {
    const type = unwrapped(one.type!).getText();
    return `- **\`${one.name.getText()}\`** (\`${type}\`): ${oneLine(manual(one))}`;
  });
  return rows.join("\n");
}

function errorsOf(name: string, mistakes: Mistake[]): string[] {
  const messages = otherMistakes(name, [], mistakes);
  return messages.length === 0 ? [] : ["Errors:", messages.map((message) => `- \`${message}\``).join("\n")];
}

function functionPart(name: string, declared: ts.FunctionDeclaration, declarations: Declarations): string[] {
  const parameters = declared.parameters.map((one) => one.getText()).join(", ");
  const thrown = ts.getJSDocTags(declared).find(({ tagName }) => tagName.text === "throws");
  const text = ts.getTextOfJSDocComment(thrown?.comment);
  const options = declared.parameters.flatMap(({ type }) => declarations.type(type?.getText() ?? "") ?? []);
  return [
    `## ${name}`,
    // A signature is no program, and is not compiled as the examples are.
    `\`\`\`typescript\n${name}(${parameters}): ${declared.type!.getText()}\n\`\`\``,
    manual(declared),
    ...options.filter(ts.isInterfaceDeclaration).map(({ members }) =>
      members
        .filter(ts.isPropertySignature)
        .map((one) => `- **\`${one.name.getText()}\`** (\`${one.type!.getText()}\`): ${oneLine(manual(one))}`)
        .join("\n"),
    ),
    text ? `Throws ${oneLine(text)}` : "",
  ];
}
