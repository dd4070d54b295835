import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const root = path.join(__dirname, "../..");

/** What a message is for the one who reads it, by the first of the files that fit. */
const KINDS: [title: string, files: RegExp][] = [
  ["Before the engine is asked", /^(sdk|src\/model|src\/content|src\/lookups)\//],
  ["What the service answered", /^src\/(api|client)\//],
  ["Checks of inputs", /^src\/provider\/(validation\/|.*\/check|.*\/rules|.*\/inputs|config)/],
  ["Policies", /^src\/policy\//],
  ["At a preview or update", /^src\/(provider|hosts)\//],
];
const ROOMS = [
  "sdk",
  "src/api",
  "src/client",
  "src/content",
  "src/hosts",
  "src/lookups",
  "src/model",
  "src/policy",
  "src/provider",
];

/** Texts that no user sees: of pages that are written from the code, and of what is sent. */
const UNSEEN = /^(src\/api\/outcome|sdk\/dynamic\/provider-text)\.ts$/;
const UNSEEN_PROPERTIES = new Set(["description", "type", "options"]);

/** A message of the code; "…" stands for what varies. */
export interface Message {
  text: string;
  file: string;
}

/** Every message that the code can make, by its kind, in the order of the alphabet. */
export function messages(): [title: string, messages: Message[]][] {
  const all = ROOMS.flatMap((room) => filesOf(room)).flatMap((file) => messagesOf(file));
  const kindOf = ({ file }: Message) => KINDS.find(([, files]) => files.test(file))![0];
  return KINDS.map(([title]) => [title, all.filter((message) => kindOf(message) === title).sort(byText)]);
}

const byText = (a: Message, b: Message) => (bare(a.text) < bare(b.text) ? -1 : 1);
const bare = (text: string) => text.replace(/^[^A-Za-z]+/, "").toLowerCase();

function filesOf(room: string): string[] {
  const names = fs.readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("go/"))
    .map((name) => path.posix.join(room, name))
    .filter((file) => !UNSEEN.test(file))
    .sort();
}

function messagesOf(file: string): Message[] {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && UNSEEN_PROPERTIES.has(node.name.getText())) return;
    const words = wordsOf(node);
    if (words === undefined) ts.forEachChild(node, visit);
    else if (isSentence(words)) found.add(words.replace(/\s*\n\s*/g, " ").trim());
  };
  visit(source);
  return [...found].map((one) => ({ text: one, file }));
}

/** The words of a text, or of texts that are put together; undefined for anything else. */
function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.templateSpans.reduce((words, span) => `${words}…${span.literal.text}`, node.head.text);
  if (ts.isParenthesizedExpression(node)) return wordsOf(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [wordsOf(node.left), wordsOf(node.right)];
  return left === undefined && right === undefined ? undefined : `${left ?? "…"}${right ?? "…"}`;
}

function isSentence(words: string): boolean {
  return (
    words
      .replaceAll("…", " ")
      .split(/\s+/)
      .filter((word) => /^[\w'"(`,.:;)-]*[a-z]{2,}/.test(word)).length >= 4
  );
}
