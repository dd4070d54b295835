const PAGE = 100;

/**
 * Every element of a paged list, once: while it is paged through, what is new moves what is old to the
 * next page. Ends at the first page that is not full or brings nothing new.
 */
export async function* everyElement<T extends { id: string }>(
  page: (limit: number, offset: number) => Promise<T[]>,
): AsyncGenerator<T, void, undefined> {
  const seen = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const elements = await page(PAGE, offset);
    const before = seen.size;
    for (const element of elements) {
      if (seen.has(element.id)) continue;
      seen.add(element.id);
      yield element;
    }
    if (elements.length < PAGE || seen.size === before) return;
  }
}
