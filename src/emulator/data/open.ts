import * as fs from "node:fs";
import * as path from "node:path";
import type { Change } from "../changes.js";
import type { State } from "../state.js";
import { openJournal } from "./journal.js";
import { lock } from "./lock.js";
import { readLines } from "./read.js";
import { HEADER, type Line, lineOf, snapshot } from "./records.js";
import { Replay } from "./replay.js";

/** The file that keeps the state over a restart. */
export interface DataFile {
  /** Resolves once every change so far is on the disk; rejects if it cannot be written. */
  synced(): Promise<void>;
  /** The folder of the files of uploads that jobs still need. */
  uploads: string;
  close(): Promise<void>;
}

/**
 * Fills the state from a file, and appends every change to it. The file is locked against a second emulator,
 * and written anew at each start, so that it holds no more than the state does.
 *
 * @throws Error if the file cannot be written, is in use, damaged, or of another program.
 */
export async function openData(
  state: State,
  file: string,
  warn: (sentence: string) => void,
): Promise<DataFile> {
  const target = realFile(file);
  const unlock = lock(target);
  try {
    const replay = new Replay(state);
    const existed = fs.existsSync(target);
    const torn = existed ? await readLines(target, (line) => replay.apply(line as Line)) : 0;
    if (torn > 0)
      warn(
        `${file}: the last ${torn} bytes are an incomplete record, which was being written when the emulator was ` +
          `stopped. It was never acknowledged; it is dropped.`,
      );
    replay.finish();
    const journal = await openJournal(target, [HEADER, ...snapshot(state)]);
    state.listeners.push((change: Change) => {
      for (const line of lineOf(change)) journal.append(line);
    });
    return {
      synced: () => journal.synced(),
      uploads: `${target}.uploads`,
      async close() {
        try {
          await journal.close();
        } finally {
          unlock();
        }
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function realFile(file: string): string {
  const resolved = path.resolve(file);
  const found = fs.statSync(resolved, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Error(`${file} is not a regular file`);
  if (found) return fs.realpathSync(resolved);
  const folder = path.dirname(resolved);
  if (!fs.existsSync(folder)) throw new Error(`${file}: the folder ${folder} does not exist`);
  return resolved;
}
