/** A part of a text, by its offsets. */
export interface Range {
  start: number;
  end: number;
}

/** The most that a chunk may hold. */
export interface Limits {
  lines: number;
  bytes: number;
}

/** Splits a range of a text into ranges of whole lines; a line that is too long for one is cut. */
export function byLines(text: string, { start, end }: Range, limits: Limits): Range[] {
  const found: Range[] = [];
  let open: Range | undefined;
  let lines = 0;
  let bytes = 0;
  const close = () => {
    if (open) found.push(open);
    open = undefined;
    lines = 0;
    bytes = 0;
  };
  const part = text.slice(start, end);
  for (let at = start; at < end; ) {
    const feed = part.indexOf("\n", at - start);
    const line = { start: at, end: feed < 0 ? end : start + feed + 1 };
    const size = bytesOf(text, line);
    if (lines >= limits.lines || bytes + size > limits.bytes) close();
    if (size > limits.bytes) found.push(...byBytes(text, line, limits.bytes));
    else {
      open = { start: open?.start ?? line.start, end: line.end };
      lines++;
      bytes += size;
    }
    at = line.end;
  }
  close();
  return found;
}

/** Cuts a long line between characters. */
function byBytes(text: string, { start, end }: Range, most: number): Range[] {
  const found: Range[] = [];
  let from = start;
  let bytes = 0;
  for (let at = start; at < end; ) {
    const point = text.codePointAt(at)!;
    const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes + size > most && at > from) {
      found.push({ start: from, end: at });
      from = at;
      bytes = 0;
    }
    bytes += size;
    at += size === 4 ? 2 : 1;
  }
  return [...found, { start: from, end }];
}

/** How many bytes a part of a text has as UTF-8. */
export function bytesOf(text: string, { start, end }: Range): number {
  return Buffer.byteLength(text.slice(start, end));
}
