import { createRequire } from "node:module";
import * as path from "node:path";

type Package = typeof import("@vscode/tree-sitter-wasm");
type Parser = import("@vscode/tree-sitter-wasm").Parser;
/** The syntax tree of a text. */
export type Tree = import("@vscode/tree-sitter-wasm").Tree;

const PACKAGE = "@vscode/tree-sitter-wasm";
const LANGUAGES: Record<string, RegExp> = {
  typescript: /\.[cm]?ts$/i,
  tsx: /\.tsx$/i,
  javascript: /\.([cm]?js|jsx)$/i,
  python: /\.pyi?$/i,
  go: /\.go$/i,
  rust: /\.rs$/i,
  java: /\.java$/i,
};
// Longer files were not written by people: they are split by lines.
const MOST_CHARACTERS = 512 * 1024;
const MOST_MS = 2000;

/** The parsers by language, once they are loaded. */
const parsers = new Map<string, Parser>();
let loading: Promise<void> | undefined;
/** Why there are none; said once, and then forgotten. */
let problem: string | undefined;

/** Loads the parsers, once in a process: they are an optional peer, and a sync does not wait for them. */
export function loadParsers(): Promise<void> {
  loading ??= load().catch((error) => {
    problem = error.code === "MODULE_NOT_FOUND" ? `npm install ${PACKAGE}` : String(error);
  });
  return loading;
}

async function load(): Promise<void> {
  const require = createRequire(__filename);
  const { Language, Parser }: Package = require(PACKAGE);
  const folder = path.dirname(require.resolve(PACKAGE));
  await Parser.init();
  for (const language of Object.keys(LANGUAGES)) {
    const parser = new Parser();
    parser.setLanguage(await Language.load(path.join(folder, `tree-sitter-${language}.wasm`)));
    parsers.set(language, parser);
  }
}

/** The language of a file, by its name; undefined if it is not code of a known one. */
export function languageOf(name: string): string | undefined {
  const language = Object.keys(LANGUAGES).find((one) => LANGUAGES[one]!.test(name));
  if (language && problem) {
    console.warn(`Code is split by lines, for want of a parser: ${problem}`);
    problem = undefined;
  }
  return language && parsers.has(language) ? language : undefined;
}

/** The syntax tree of a text, to be deleted; undefined for what is too much to parse. */
export function parseCode(text: string, language: string): Tree | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const parser = parsers.get(language)!;
  const until = Date.now() + MOST_MS;
  const tree = parser.parse(text, null, { progressCallback: () => Date.now() > until });
  if (!tree) parser.reset();
  return tree ?? undefined;
}
