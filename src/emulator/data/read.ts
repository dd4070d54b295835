import * as fs from "node:fs";
import { isHeader } from "./records.js";

/**
 * Reads a data file line by line. What follows the last complete record is the rest of a write that a crash
 * interrupted: the number of its bytes is returned.
 *
 * @throws Error if the file is of another program, or damaged before its end.
 */
export async function readLines(file: string, apply: (record: unknown) => void): Promise<number> {
  let torn = 0;
  let damaged: number | undefined;
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    const record = recordOf(line);
    if (number === 1 && !isHeader(record))
      throw new Error(
        `${file} is not a data file of chroma-sync-emulator. It is left as it is: choose another file.`,
      );
    if (record === undefined) {
      damaged ??= number;
      torn += line.length;
    } else if (damaged !== undefined) {
      throw new Error(
        `${file} is damaged: line ${damaged} is not a record, and complete ones follow it. It is left as it is: ` +
          `restore it from a copy, delete that line, or choose another file.`,
      );
    } else if (number > 1) apply(record);
  }
  return torn;
}

/** A record, or undefined for a line that is none: a write that was cut off has no line end. */
function recordOf(line: Buffer): unknown {
  if (line.at(-1) !== NEWLINE) return undefined;
  try {
    const record: unknown = JSON.parse(line.toString("utf8"));
    return Array.isArray(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

const NEWLINE = 10;

/** The lines of a file, each with its line end. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      pieces.push(chunk.subarray(start, end + 1));
      yield Buffer.concat(pieces);
      pieces = [];
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}
