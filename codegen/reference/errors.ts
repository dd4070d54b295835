import * as path from "node:path";
import * as ts from "typescript";
import { ADVICE } from "../../src/api/errors.js";
import { FAILURES, type FailureKind } from "../../src/api/index.js";
import { Declarations, manual } from "../schema/declarations.js";
import { oneLine } from "./types.js";

const root = path.join(__dirname, "../..");

/** The page of what can fail, and how it is said. */
export function errorsPage(): string[] {
  return [
    "# Errors",
    "A message names the resource, what happened and what to do. The request that failed comes last, with what the service " +
      "said after `returned <status>:`. [I see this message](../messages.md) lists every message, " +
      "[What does my mistake look like?](../mistakes.md) those of common mistakes, and the page of each resource those of its inputs.",
    "## What a status means",
    Object.entries(ADVICE)
      .map(([status, advice]) => `- **${status}**: ${advice}`)
      .join("\n"),
    "## What a create does after a failure",
    "A request that creates is sent again only if the service has certainly not processed the first one.",
    FAILURES.map(
      (kind) => `- **${kind.failure}** (${knownBy(kind)}): ${kind.outcome}; a create ${kind.create}.`,
    ).join("\n"),
    "## Error classes",
    "`pulumi-chroma-sync/client` throws these. A Pulumi program sees their message alone.",
    ...errorClasses(),
  ];
}

function knownBy({ codes, statuses }: FailureKind): string {
  const names = codes?.map((code) => `\`${code}\``).join(" ");
  return [names, statuses && [...new Set(statuses)].join("–")].filter(Boolean).join(" ") || "all else";
}

function errorClasses(): string[] {
  const all = ["src/api", "src/client"].flatMap((folder) =>
    new Declarations(path.join(root, folder)).all(ts.isClassDeclaration),
  );
  const errors = all.filter(([name, one]) => name.endsWith("Error") && isExported(one));
  return errors.flatMap(([name, declared]) => {
    const properties = declared.members.filter(ts.isPropertyDeclaration).filter((one) => manual(one) !== "");
    const rows = properties.map(
      (one) => `- **\`${one.name.getText()}\`** (\`${one.type!.getText()}\`): ${oneLine(manual(one))}`,
    );
    const above = declared.heritageClauses![0]!.types[0]!.expression.getText();
    return [
      `### ${name}`,
      above === "Error" ? manual(declared) : `${manual(declared)} A \`${above}\`.`,
      ...(rows.length > 0 ? [rows.join("\n")] : []),
    ];
  });
}

const isExported = (declared: ts.ClassDeclaration) =>
  declared.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
