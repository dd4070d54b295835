/** Files that cannot be read, or that nothing matches: one sentence, with what to do. */
export class ContentError extends Error {
  override name = "ContentError";
}

/** The sentence for a file or folder that cannot be read. `wanted` is what it must be. */
export function unreadable(place: string, wanted: "file" | "folder", error: unknown): ContentError {
  const { code } = error as NodeJS.ErrnoException;
  const what =
    code === "ENOENT"
      ? "does not exist"
      : code === "ENOTDIR" || code === "EISDIR"
        ? `is not a ${wanted}`
        : `cannot be read (${code})`;
  return new ContentError(
    `${place} ${what}: pass a ${wanted} that the program may read; a relative one is looked up from ${process.cwd()}.`,
  );
}
