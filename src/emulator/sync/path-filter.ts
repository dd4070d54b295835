import { RE2JS } from "re2js";
import { SyncError } from "./failure.js";

/**
 * Whether a path is to be crawled, by the patterns of a web source. They come from requests, so they are matched
 * by RE2 in time that is linear in the path: a pattern such as `(a+)+$` cannot hang the emulator.
 *
 * @throws SyncError if a pattern is not a regular expression of RE2, which has neither lookahead nor
 * backreferences.
 */
export function pathFilter(
  include: string[] | null | undefined,
  exclude: string[] | null | undefined,
): (path: string) => boolean {
  const included = compiled(include);
  const excluded = compiled(exclude);
  const matches = (patterns: RE2JS[], path: string) =>
    patterns.some((pattern) => pattern.matcher(path).find());
  return (path) => (included.length === 0 || matches(included, path)) && !matches(excluded, path);
}

function compiled(patterns: string[] | null | undefined): RE2JS[] {
  return (patterns ?? []).map((pattern) => {
    try {
      return RE2JS.compile(pattern);
    } catch (error) {
      throw new SyncError(
        `${JSON.stringify(pattern)} is not a regular expression: ${(error as Error).message}`,
      );
    }
  });
}
