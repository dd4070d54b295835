import { RunError } from "@pulumi/pulumi";

/** What reads files. Loaded once it is needed: most programs name none. */
export function localContent() {
  return require("../src/content/index.js") as typeof import("../src/content/index.js");
}

/** Says what is wrong with files as Pulumi prints it: one sentence, without a stack. */
export function inSentences<T>(call: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    return said(call, error as Error);
  }
}

/** Throws an error of files in the same way, and any other as it is. */
export function said(call: string, error: Error): never {
  throw error.name === "ContentError" ? new RunError(`${call}: ${error.message}`) : error;
}
