import * as fs from "node:fs";
import * as path from "node:path";
import picomatch from "picomatch";
import { ContentError } from "./content-error.js";
import { byName, type FoundFile, filesBelow } from "./walk.js";

/**
 * The files that globs match, less those that others exclude, by their names below the folder that all globs
 * share. A pattern without a star is a file, or a folder with all that is not hidden in it.
 *
 * @throws ContentError if a pattern matches nothing, or if something cannot be read.
 */
export function matchingFiles(patterns: readonly string[], exclude: readonly string[] = []): FoundFile[] {
  const globs = patterns.map(globOf);
  const base = commonFolder(globs.map((glob) => glob.folder));
  const isExcluded = excluder(base, exclude);
  const files = new Map<string, FoundFile>();
  for (const { pattern, folder, isWanted, deepest } of globs) {
    const isLeftOut = (name: string) =>
      name.split("/").length > deepest || isExcluded(path.join(folder, name));
    const found = filesBelow(folder, isLeftOut).filter(({ name }) => isWanted(name));
    if (found.length === 0) throw nothing(pattern, exclude);
    for (const file of found) {
      const name = slashed(path.relative(base, file.path));
      files.set(name, { ...file, name });
    }
  }
  return [...files.values()].sort(byName);
}

/** The files of a folder that globs include, or all that is not hidden, less those that others exclude. */
export function filesIn(folder: string, include: readonly string[], exclude: readonly string[]): FoundFile[] {
  const isWanted = include.length > 0 ? picomatch(include.map((glob) => slashed(glob))) : isVisible;
  const isExcluded = excluder(path.resolve(folder), exclude);
  const files = filesBelow(folder, (name) => isExcluded(path.resolve(folder, name)));
  return files.filter(({ name }) => isWanted(name));
}

/** Whether no part of a path is hidden. */
export function isVisible(name: string): boolean {
  return !name.split("/").some((part) => part.startsWith("."));
}

/** A path as a pattern names it, whatever separates its parts on this system. */
export function slashed(place: string, separator: string = path.sep): string {
  return place.split(separator).join("/");
}

interface Glob {
  pattern: string;
  /** The folder that it looks into. */
  folder: string;
  /** Whether it matches a path below that folder. */
  isWanted(name: string): boolean;
  /** How many parts the longest path has that it can match. */
  deepest: number;
}

function globOf(pattern: string): Glob {
  if (typeof pattern !== "string" || pattern.trim() === "")
    throw new ContentError("A pattern is empty: name a file, a folder or a glob.");
  const { base, glob, negated } = picomatch.scan(slashed(pattern));
  if (negated)
    throw new ContentError(`The pattern ${JSON.stringify(pattern)} begins with "!": pass it as exclude.`);
  const place = path.resolve(base || ".");
  if (glob !== "") {
    const deepest = glob.includes("**") ? Number.POSITIVE_INFINITY : glob.split("/").length;
    return { pattern, folder: place, isWanted: picomatch(glob), deepest };
  }
  if (fs.statSync(place, { throwIfNoEntry: false })?.isDirectory())
    return { pattern, folder: place, isWanted: isVisible, deepest: Number.POSITIVE_INFINITY };
  const isWanted = (name: string) => name === path.basename(place);
  return { pattern, folder: path.dirname(place), isWanted, deepest: 1 };
}

/** What is below an excluded folder is excluded too. Patterns are relative to the program's folder, or to the globs'. */
function excluder(base: string, exclude: readonly string[]): (place: string) => boolean {
  if (exclude.length === 0) return () => false;
  const matches = picomatch(exclude.map(withoutSlash), { dot: true });
  return (place) =>
    [base, process.cwd()].some((folder) => {
      const name = slashed(path.relative(folder, place));
      return name !== "" && matches(name);
    });
}

/** `drafts/` and `drafts/**` are the folder, which need not be looked into then. */
function withoutSlash(pattern: string): string {
  return slashed(pattern)
    .replace(/^\.\//, "")
    .replace(/\/(\*\*\/?)?$/, "");
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let shared = common;
    while (path.relative(shared, folder).split(path.sep)[0] === "..") shared = path.dirname(shared);
    return shared;
  });
}

function nothing(pattern: string, exclude: readonly string[]): ContentError {
  const left = exclude.length > 0 ? " that is not excluded" : "";
  return new ContentError(
    `No file${left} matches ${JSON.stringify(pattern)}: correct the pattern; a relative one is looked up from ${process.cwd()}.`,
  );
}
