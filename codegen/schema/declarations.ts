import * as path from "node:path";
import * as ts from "typescript";

const root = path.join(__dirname, "../..");

/** What the manual of a declaration or parameter says. */
type Documented = ts.Node & { jsDoc?: ts.JSDoc[] };

/** The declarations of `sdk/`, whose doc comments are the manual of every language. */
export class Declarations {
  readonly #named = new Map<string, ts.Statement>();

  constructor(folder = path.join(root, "sdk")) {
    for (const file of ts.sys.readDirectory(folder, [".ts"])) {
      const source = ts.createSourceFile(file, ts.sys.readFile(file)!, ts.ScriptTarget.Latest, true);
      for (const statement of source.statements) {
        const name = (statement as ts.Statement & { name?: ts.Identifier }).name?.text;
        // Of overloads the first.
        if (name && !this.#named.has(name)) this.#named.set(name, statement);
      }
    }
  }

  /** Every declaration of a kind, in the order of its name. */
  all<T extends ts.Statement>(is: (node: ts.Node) => node is T): [name: string, declared: T][] {
    const found = [...this.#named].flatMap(([name, one]): [string, T][] => (is(one) ? [[name, one]] : []));
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** An interface, class, type or function by its name. */
  get<T extends ts.Statement>(name: string, is: (node: ts.Node) => node is T): T {
    const found = this.#named.get(name);
    if (!found || !is(found)) throw new Error(`sdk/ declares no ${name} of the kind that the schema needs`);
    return found;
  }

  /** The declaration of a type that `sdk/` names, undefined for others. */
  type(name: string): ts.InterfaceDeclaration | ts.TypeAliasDeclaration | undefined {
    const found = this.#named.get(name);
    return found && (ts.isInterfaceDeclaration(found) || ts.isTypeAliasDeclaration(found))
      ? found
      : undefined;
  }
}

/** What the doc comment of a declaration says, in the words of the plugin. */
export function manual(node: ts.Node): string {
  const comment = (node as Documented).jsDoc?.at(-1)?.comment;
  return inPluginsWords(text(comment));
}

/** What the doc comment of a function says of one of its parameters. */
export function manualOf(parameter: ts.ParameterDeclaration): string {
  return inPluginsWords(text(ts.getJSDocParameterTags(parameter)[0]?.comment)).replace(/^[-\s]+/, "");
}

/** The name without what sets the dynamic resources apart from the plugin's. */
export const pluginsName = (name: string): string => name.replace(/^ChromaSync(?=[A-Z])/, "");

function text(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  if (comment === undefined || typeof comment === "string") return comment ?? "";
  return comment
    .map((part) => (ts.isJSDocLink(part) ? `\`${part.name?.getText() ?? ""}${part.text}\`` : part.text))
    .join("");
}

function inPluginsWords(comment: string): string {
  return comment
    .replace(/\bChromaSync(?=(InvocationBatch|Invocation|Source|Provider|Files?)(Args)?\b)/g, "")
    .replace(/\n(?!\n)/g, " ")
    .replace(/ *\n\n? */g, "\n\n")
    .trim();
}
