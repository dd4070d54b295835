import { Tokenizer } from "htmlparser2";

/** What a crawl reads from a page. */
export interface Page {
  text: string;
  /** The addresses of its links as they are written. */
  links: string[];
}

/** Elements whose content is not shown. */
const HIDDEN = new Set(["script", "style"]);
type QuoteType = Parameters<ConstructorParameters<typeof Tokenizer>[1]["onattribend"]>[0];

/**
 * Reads the text and the links of a page. By the tokens alone, without a tree: the time is linear in the length
 * of the page, however deep or broken it is.
 */
export function readPage(html: string): Page {
  const text: string[] = [];
  const links: string[] = [];
  let tag = "";
  let attribute = "";
  let value = "";
  let hidden = "";
  const show = (piece: string) => {
    if (!hidden) text.push(piece);
  };
  const slice = (start: number, end: number) => html.slice(start, end);
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        tag = slice(start, end).toLowerCase();
      },
      onattribname(start, end) {
        attribute = slice(start, end).toLowerCase();
        value = "";
      },
      onattribdata(start, end) {
        value += slice(start, end);
      },
      onattribentity(codepoint) {
        value += String.fromCodePoint(codepoint);
      },
      onattribend(_quote: QuoteType) {
        if (tag === "a" && attribute === "href" && value !== "") links.push(value.trim());
      },
      onopentagend() {
        if (HIDDEN.has(tag)) hidden = tag;
      },
      onclosetag(start, end) {
        if (slice(start, end).toLowerCase() === hidden) hidden = "";
      },
      ontext: (start, end) => show(slice(start, end)),
      ontextentity: (codepoint) => show(String.fromCodePoint(codepoint)),
      onselfclosingtag: () => undefined,
      oncdata: () => undefined,
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return { text: withoutEmptyLines(text.join("")), links };
}

function withoutEmptyLines(text: string): string {
  return text
    .split("\n")
    .filter((line, index, lines) => line.trim() !== "" || index === 0 || index === lines.length - 1)
    .join("\n")
    .trim();
}
