import * as fc from "fast-check";
import { type Chunk, chunksOf, type Splitting } from "../../src/emulator/sync/chunks.js";

const split = (text: string, splitting: Splitting = {}): Chunk[] =>
  chunksOf({ key: "a.txt", version: "v", text }, splitting, undefined, {});
const linesOf = (chunks: Chunk[]) => chunks.map(({ metadata }) => [metadata.start_line, metadata.end_line]);
const bytes = ({ document }: Chunk) => Buffer.byteLength(document);

test("a chunk has at most 10 lines, and ends where the text does", () => {
  expect(linesOf(split("a\n".repeat(25)))).toEqual([
    [1, 10],
    [11, 20],
    [21, 25],
  ]);
  expect(linesOf(split("a"))).toEqual([[1, 1]]);
  expect(linesOf(split("a\n\n\n"))).toEqual([[1, 3]]);
  expect(split("\n \n")).toEqual([]);
});

test("a chunk has at most 4,096 bytes, or what was asked for", () => {
  const text = `${"x".repeat(999)}\n`.repeat(20);
  expect(linesOf(split(text)).slice(0, 2)).toEqual([
    [1, 4],
    [5, 8],
  ]);
  expect(split(text, { type: "lines", max_size_bytes: 8192 }).map(bytes)).toEqual([8000, 8000, 4000]);
  expect(split(text, { type: "lines", max_lines: 3 })[0]!.metadata.end_line).toBe(3);
});

test("no chunk is above 16,384 bytes, whatever was asked for", () => {
  const chunks = split(`${"x".repeat(999)}\n`.repeat(100), { max_lines: 1000, max_size_bytes: 1_000_000 });
  expect(Math.max(...chunks.map(bytes))).toBe(16_000);
});

test("a line of 100 kB is split, between characters", () => {
  const line = "é😀".repeat(16_667);
  const chunks = split(`before\n${line}\nafter\n`);
  expect(Math.max(...chunks.map(bytes))).toBeLessThanOrEqual(4096);
  expect(chunks.map(({ document }) => document).join("")).toBe(`before\n${line}\nafter\n`);
  expect(linesOf(chunks)[1]).toEqual([2, 2]);
  expect(linesOf(chunks).at(-1)).toEqual([3, 3]);
  expect(chunks.length).toBeLessThan(30);
});

test("50 MB in one line take seconds, not minutes", () => {
  const begun = Date.now();
  split("x".repeat(50_000_000));
  expect(Date.now() - begun).toBeLessThan(20_000);
});

test("chunks hold all of any text, in its order, within their limits and its lines", () => {
  const text = fc.array(fc.constantFrom("a", " ", "\n", "\r\n", "é", "😀", "long word "), { maxLength: 300 });
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 4, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (parts, size, lines) => {
        const whole = parts.join("");
        const chunks = split(whole, { type: "lines", max_lines: lines, max_size_bytes: size });
        const bare = (one: string) => one.replace(/\s/g, "");
        expect(bare(chunks.map(({ document }) => document).join(""))).toBe(bare(whole));
        const all = whole.split("\n");
        for (const chunk of chunks) {
          expect(bytes(chunk)).toBeLessThanOrEqual(size);
          const { start_line, end_line } = chunk.metadata as { start_line: number; end_line: number };
          expect(end_line - start_line).toBeLessThan(lines);
          expect(`${all.slice(start_line - 1, end_line).join("\n")}\n`).toContain(chunk.document);
        }
      },
    ),
  );
});
