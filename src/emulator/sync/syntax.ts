import { byLines, bytesOf, type Limits, type Range } from "./lines.js";
import type { Tree } from "./parsers.js";

// Hostile nesting must not use up the stack; code of people is nowhere near.
const DEEPEST = 200;

/** Splits code between its declarations and statements: what fits into a chunk is never cut. */
export function bySyntax(text: string, tree: Tree, { bytes: most }: Limits): Range[] {
  const found: Range[] = [];
  let open: (Range & { bytes: number }) | undefined;
  const close = () => {
    if (open) found.push(open);
    open = undefined;
  };
  const add = (node: Tree["rootNode"], depth: number) => {
    const own = { start: node.startIndex, end: node.endIndex };
    const more = { start: open?.end ?? own.start, end: own.end };
    const left = most - (open?.bytes ?? 0);
    if (fits(text, more, left))
      open = { start: open?.start ?? own.start, end: own.end, bytes: most - left + bytesOf(text, more) };
    else if (fits(text, own, most)) {
      close();
      open = { ...own, bytes: bytesOf(text, own) };
    } else {
      if (node.childCount > 0 && depth < DEEPEST) {
        for (const child of node.children) if (child) add(child, depth + 1);
      } else {
        close();
        found.push(...byLines(text, own, { bytes: most, lines: Number.POSITIVE_INFINITY }));
      }
      // What follows something that had to be cut begins anew.
      close();
    }
  };
  add(tree.rootNode, 0);
  close();
  return found.map((range) => indented(text, range, most));
}

function fits(text: string, range: Range, most: number): boolean {
  // No character has less than a byte: most of what does not fit need not be counted.
  return range.end - range.start <= most && bytesOf(text, range) <= most;
}

/** With the white space that its first line begins with. */
function indented(text: string, { start, end }: Range, most: number): Range {
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1]!)) from--;
  const wider = { start: from, end };
  return (from === 0 || text[from - 1] === "\n") && fits(text, wider, most) ? wider : { start, end };
}
