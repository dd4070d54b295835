import type { SeedSource } from "../seed.js";
import { type Document, sha256 } from "./chunks.js";
import { SyncFailure } from "./failure.js";

const MOST_PAGES = 500;
const PAGE_LIMIT_MS = 10_000;

/**
 * Reads a web site from its start page: breadth first, within its origin, at most `max_depth` links away and
 * `page_limit` pages. Only loopback is crawled, so that a local run reaches no one.
 */
export async function readSite(web: NonNullable<SeedSource["web_scrape"]>): Promise<Document[]> {
  const start = new URL(web.starting_url);
  if (!["localhost", "127.0.0.1", "[::1]"].includes(start.hostname))
    throw new SyncFailure(`${start.origin} is not on loopback, and the emulator crawls nothing else`);
  const wanted = filterOf(web);
  const limit = Math.min(web.page_limit ?? MOST_PAGES, MOST_PAGES);
  const documents: Document[] = [];
  const known = new Set([start.href]);
  let level = [start];
  for (let depth = 0; level.length > 0 && documents.length < limit; depth++) {
    const next: URL[] = [];
    for (const url of level) {
      if (documents.length >= limit) break;
      const page = await readPage(url, documents.length === 0 && depth === 0);
      if (!page) continue;
      documents.push({ key: url.href, version: sha256(page), text: visibleText(page) });
      if (depth >= (web.max_depth ?? Number.POSITIVE_INFINITY)) continue;
      for (const link of linksOf(page, url)) {
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
async function readPage(url: URL, first: boolean): Promise<string | undefined> {
  let problem: string;
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(PAGE_LIMIT_MS) });
    if (answer.ok) return await answer.text();
    problem = `was answered with ${answer.status}`;
  } catch (error) {
    problem = `is unreachable: ${(error as Error).message}`;
  }
  if (first) throw new SyncFailure(`${url.href} ${problem}`);
  return undefined;
}

function filterOf({ include_path_regexes, exclude_path_regexes }: NonNullable<SeedSource["web_scrape"]>) {
  const compiled = (patterns: string[] | null | undefined) =>
    (patterns ?? []).map((pattern) => {
      try {
        return new RegExp(pattern);
      } catch {
        throw new SyncFailure(`${JSON.stringify(pattern)} is not a regular expression`);
      }
    });
  const include = compiled(include_path_regexes);
  const exclude = compiled(exclude_path_regexes);
  return (path: string) =>
    (include.length === 0 || include.some((pattern) => pattern.test(path))) &&
    !exclude.some((pattern) => pattern.test(path));
}

function linksOf(page: string, base: URL): URL[] {
  return [...page.matchAll(/<a\s[^>]*?href\s*=\s*["']?([^"'\s>]+)/gi)].flatMap(([, href]) => {
    if (!URL.canParse(href!, base)) return [];
    const url = new URL(href!, base);
    url.hash = "";
    return [url];
  });
}

function visibleText(page: string): string {
  return page
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\n\s*\n+/g, "\n")
    .trim();
}
