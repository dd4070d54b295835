const PAGE = 100;
const LONGEST_SEARCH_PAGES = 500;

/**
 * Everything of a list that is served by pages, up to a number. While it is paged through, new entries
 * move old ones to the next page: the id tells them.
 */
export async function everyPage<T extends { id: string }>(
  fetch: (page: { limit: number; offset: number }) => Promise<T[]>,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const found = new Map<string, T>();
  for (let page = 0; page < LONGEST_SEARCH_PAGES && found.size < most; page++) {
    const entries = await fetch({ limit: PAGE, offset: page * PAGE });
    for (const entry of entries) found.set(entry.id, entry);
    if (entries.length < PAGE) break;
  }
  return [...found.values()].slice(0, most);
}
