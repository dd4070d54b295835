import picomatch from "picomatch";
import { RE2JS } from "re2js";
import { SyncError } from "./failure.js";

/**
 * What the regular expression of a glob looks ahead for, which RE2 cannot: that names are not empty, `.` or `..`.
 * Those of git are none of these; a star that is a whole name stands for at least one character.
 */
const LOOKS_AHEAD: [string | RegExp, string][] = [
  ["(?!(?:^|\\/)\\.{1,2}(?:\\/|$))", ""],
  ["(?!\\.{1,2}(?:\\/|$))", ""],
  [/\(\?=\.\)\[\^\/\]\*\?(?=\\\/|\)|$)/g, "[^/]+?"],
  ["(?=.)", ""],
];

/**
 * A filter of a repository's paths. A glob without a slash is for files at any depth, so that `*` is every file;
 * dotfiles are files as well. It takes time in proportion to the path, whatever the glob is.
 */
export function globFilter(globs: string[]): (file: string) => boolean {
  const patterns = globs.map(compiled);
  return (file) => patterns.some((pattern) => pattern.test(file));
}

function compiled(glob: string): RE2JS {
  try {
    const anywhere = glob.includes("/") ? glob : `**/${glob}`;
    const { source } = picomatch.makeRe(anywhere, { dot: true, noextglob: true, nonegate: true });
    const plain = LOOKS_AHEAD.reduce((text, [ahead, by]) => text.replaceAll(ahead, by), source);
    return RE2JS.compile(plain, RE2JS.DOTALL);
  } catch {
    throw new SyncError(`${JSON.stringify(glob)} is not a glob that can be matched`);
  }
}
