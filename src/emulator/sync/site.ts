import type { SeedSource } from "../seed.js";
import { type Document, sha256 } from "./chunks.js";
import { SyncError } from "./failure.js";
import { readPage } from "./page.js";
import { pathFilter } from "./path-filter.js";

const MOST_PAGES = 500;
const PAGE_LIMIT_MS = 10_000;
const MAX_PAGE_BYTES = 16 * 1024 * 1024;

/**
 * Reads a web site from its start page: breadth first, within its origin, at most `max_depth` links away and
 * `page_limit` pages. Only loopback is crawled, so that a local run reaches no one.
 */
export async function readSite(web: NonNullable<SeedSource["web_scrape"]>): Promise<Document[]> {
  const start = new URL(web.starting_url);
  if (!["localhost", "127.0.0.1", "[::1]"].includes(start.hostname))
    throw new SyncError(`${start.origin} is not on loopback, and the emulator crawls nothing else`);
  const wanted = pathFilter(web.include_path_regexes, web.exclude_path_regexes);
  const limit = Math.min(web.page_limit ?? MOST_PAGES, MOST_PAGES);
  const documents: Document[] = [];
  const known = new Set([start.href]);
  let level = [start];
  for (let depth = 0; level.length > 0 && documents.length < limit; depth++) {
    const next: URL[] = [];
    for (const url of level) {
      if (documents.length >= limit) break;
      const html = await fetchPage(url, documents.length === 0 && depth === 0);
      if (!html) continue;
      const { text, links } = readPage(html);
      documents.push({ key: url.href, version: sha256(html), text });
      if (depth >= (web.max_depth ?? Number.POSITIVE_INFINITY)) continue;
      for (const link of linksOf(links, url)) {
        if (link.origin !== start.origin || known.has(link.href) || !wanted(link.pathname)) continue;
        known.add(link.href);
        next.push(link);
      }
    }
    level = next;
  }
  return documents;
}

/** A page that cannot be read is passed over, unless it is the first. */
async function fetchPage(url: URL, first: boolean): Promise<string | undefined> {
  let problem: string;
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(PAGE_LIMIT_MS) });
    const text = answer.ok ? await textWithin(answer) : undefined;
    if (text !== undefined) return text;
    problem = answer.ok ? `is larger than ${MAX_PAGE_BYTES} bytes` : `returned ${answer.status}`;
  } catch (error) {
    problem = `is unreachable: ${(error as Error).message}`;
  }
  if (first) throw new SyncError(`${url.href} ${problem}`);
  return undefined;
}

function linksOf(hrefs: string[], base: URL): URL[] {
  return hrefs.flatMap((href) => {
    if (!URL.canParse(href, base)) return [];
    const url = new URL(href, base);
    url.hash = "";
    return [url];
  });
}

/** The body as text; undefined above the most that is read of one page. */
async function textWithin(answer: Response): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  // The types of a browser, whose streams cannot be iterated, hide what those of Node can do.
  for await (const piece of (answer.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MAX_PAGE_BYTES) return undefined;
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}
