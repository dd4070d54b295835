import { urnDigest } from "../../model/urn-digest.js";
import { entryOf } from "./attempts.js";
import type { Disk } from "./disk.js";
import { entryName } from "./entries.js";
import { backendUrl, Folder, journalFolder } from "./folder.js";
import { lineText, readLines } from "./lines.js";

/**
 * Says that a state holds an id. The engine answers the registration of a resource only after the snapshot
 * with it was saved, so that a program whose resource has its id is the witness. What goes wrong here is
 * made up for by the next run, which sees the id in state.
 */
export function confirm(disk: Disk, scope: string, urn: string, id: string): void {
  const name = entryName(scope, urnDigest(urn));
  const { lines, unreadable } = readLines(disk.read(name) ?? "");
  const { attempts } = entryOf(lines, unreadable);
  if (attempts.some(({ closed, ids }) => !closed && [...ids.values()].includes(id)))
    disk.append(name, lineText({ k: "held", id, urn }));
}

/** The same in the journal that is configured. A disk that cannot be used was reported when the id was kept. */
export function confirmIn(configured: string | undefined, urn: string, id: string): void {
  try {
    const folder = journalFolder(configured);
    if (folder !== undefined) confirm(new Folder(folder), backendUrl(), urn, id);
  } catch {
    // The next run sees the id in state.
  }
}
