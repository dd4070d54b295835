const DIMENSIONS = 64;
const TERMS = 2 ** 20;

/** A sparse vector as Chroma stores it. */
export interface SparseVector {
  indices: number[];
  values: number[];
}

/**
 * Counts words by a hash of each, at length 1: it finds texts that share words, and needs no model. The same
 * text has the same embedding everywhere.
 */
export function localEmbedding(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of wordsOf(text)) vector[hash(word) % DIMENSIONS]!++;
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** The same words one by one: each has an index of its own, and more of it counts less and less. */
export function localSparseEmbedding(text: string): SparseVector {
  const counts = new Map<number, number>();
  for (const word of wordsOf(text)) {
    const index = hash(word) % TERMS;
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  const terms = [...counts].sort(([a], [b]) => a - b);
  return {
    indices: terms.map(([index]) => index),
    values: terms.map(([, count]) => (count * 2.2) / (count + 1.2)),
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [""];
}

/** FNV-1a, 32 bits. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) value = Math.imul(value ^ word.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
