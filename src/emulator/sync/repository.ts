import { spawnSync } from "node:child_process";
import { type Document, textOf } from "./chunks.js";
import { SyncError } from "./failure.js";
import { globFilter } from "./globs.js";

const MAX_OUTPUT = 1024 * 1024 * 1024;

/** Reads the text files of a commit from a git checkout; binaries are passed over, as the service does. */
export function readRepository(
  folder: string | undefined,
  repository: string,
  ref: { sha?: string; branch?: string } | null,
  includeGlobs: string[] | null | undefined,
): Document[] {
  if (!folder) throw new SyncError(`repository ${repository} does not exist, was renamed or cannot be read`);
  // The branch that is checked out stands for the default one.
  const isDefault = ref?.branch === undefined || ref.branch === "HEAD";
  const name = ref?.sha ?? (isDefault ? "HEAD" : `refs/heads/${ref.branch}`);
  const commit = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  if (commit === undefined) {
    const what = ref?.sha ? `commit ${ref.sha}` : `branch ${ref?.branch ?? "HEAD"}`;
    throw new SyncError(`${what} does not exist in ${repository}`);
  }
  const sha = commit.toString().trim();
  const included = globFilter(includeGlobs ?? ["*"]);
  const listed = git(folder, ["ls-tree", "-r", "-z", "--format=%(objecttype) %(objectname) %(path)", sha]);
  const files = (listed ?? Buffer.alloc(0))
    .toString()
    .split("\0")
    .flatMap((line) => {
      const [, type, object, file] = /^(\S+) (\S+) (.*)$/s.exec(line) ?? [];
      return type === "blob" && object && file ? [{ object, file }] : [];
    })
    .filter(({ file }) => included(file));
  const contents = readBlobs(
    folder,
    files.map(({ object }) => object),
  );
  return files.flatMap(({ file }, index) => {
    const text = textOf(contents[index]!);
    return text === undefined ? [] : [{ key: file, version: sha, text }];
  });
}

/** The contents of many blobs by one git process: `<object> blob <size>\n<content>\n` for each. */
function readBlobs(folder: string, objects: string[]): Buffer[] {
  if (objects.length === 0) return [];
  const output = git(folder, ["cat-file", "--batch"], `${objects.join("\n")}\n`) ?? Buffer.alloc(0);
  let at = 0;
  return objects.map(() => {
    const line = output.indexOf("\n", at);
    const size = Number(output.toString("utf8", at, line).split(" ")[2]);
    at = line + 1 + size + 1;
    return output.subarray(line + 1, line + 1 + size);
  });
}

function git(folder: string, args: string[], input = ""): Buffer | undefined {
  const run = spawnSync("git", ["-C", folder, ...args], { input, maxBuffer: MAX_OUTPUT });
  return run.status === 0 ? run.stdout : undefined;
}
