import * as fs from "node:fs";
import * as path from "node:path";
import { ContentError, unreadable } from "./content-error.js";

/** A file below a folder. */
export interface FoundFile {
  /** Its path below the folder, with `/`. */
  name: string;
  /** Where it is read. */
  path: string;
}

/**
 * The files below a folder, ordered by name whatever the file system and the locale say. A symbolic link to a
 * file of the folder counts as a file. One that leads out of the folder does not, and none to a folder is
 * followed: what is below it is found where it is, once. What disappears meanwhile is not there.
 *
 * @throws ContentError if the folder, or one below it that is not left out, cannot be read.
 */
export function filesBelow(folder: string, isLeftOut: (name: string) => boolean = () => false): FoundFile[] {
  const files: FoundFile[] = [];
  const root = realPath(folder);
  const pending = [""];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const entry of entriesOf(folder, below)) {
      const name = below + entry.name;
      if (isLeftOut(name)) continue;
      if (entry.name.includes("\uFFFD")) throw misnamed(folder, name);
      const place = path.join(folder, name);
      if (entry.isDirectory()) pending.push(`${name}/`);
      else if (entry.isFile() || (entry.isSymbolicLink() && leadsToFile(root, place)))
        files.push({ name, path: place });
    }
  }
  return files.sort(byName);
}

/** By code units: no locale changes the order. */
export function byName(one: FoundFile, other: FoundFile): number {
  return one.name < other.name ? -1 : 1;
}

function realPath(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch (error) {
    throw unreadable(path.resolve(folder), "folder", error);
  }
}

function entriesOf(folder: string, below: string): fs.Dirent[] {
  const place = path.join(folder, below);
  try {
    return fs.readdirSync(place, { withFileTypes: true });
  } catch (error) {
    const isGone = below !== "" && (error as NodeJS.ErrnoException).code === "ENOENT";
    if (isGone) return [];
    throw unreadable(path.resolve(place), "folder", error);
  }
}

/** A link that leads in a circle, or to nothing, leads to no file. */
function leadsToFile(root: string, link: string): boolean {
  try {
    const target = fs.realpathSync(link);
    const way = path.relative(root, target);
    const isWithin = way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
    return isWithin && fs.statSync(target).isFile();
  } catch {
    return false;
  }
}

function misnamed(folder: string, name: string): ContentError {
  return new ContentError(
    `${path.join(path.resolve(folder), name)} has a name that is not UTF-8 text: rename the file, or exclude it.`,
  );
}
