import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { State, StoredJob } from "./state.js";

/** Why the job cannot read what it is to sync; undefined where it can. */
export function contentProblem(state: State, job: StoredJob): string | undefined {
  const { s3, github } = job.kind as {
    s3?: { bucket_name: string; object_key: string };
    github?: { repository: string; git_ref_identifier: { sha?: string; branch?: string } | null };
  };
  if (s3) return objectProblem(state.buckets[s3.bucket_name], s3.bucket_name, s3.object_key);
  if (github)
    return commitProblem(state.repositories[github.repository], github.repository, github.git_ref_identifier);
  return undefined;
}

function objectProblem(folder: string | undefined, bucket: string, key: string): string | undefined {
  if (!folder) return `bucket ${bucket} does not exist or cannot be read`;
  const root = path.resolve(folder);
  const file = path.resolve(root, key);
  // A key is data: it must not lead out of the bucket's folder.
  const inside = file.startsWith(root + path.sep);
  if (!inside || !fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    return `object ${key} does not exist in bucket ${bucket}`;
  return undefined;
}

function commitProblem(
  folder: string | undefined,
  repository: string,
  ref: { sha?: string; branch?: string } | null,
): string | undefined {
  if (!folder) return `repository ${repository} does not exist or cannot be read`;
  const name = ref?.sha ?? (ref?.branch === undefined ? "HEAD" : `refs/heads/${ref.branch}`);
  const found = spawnSync("git", [
    "-C",
    folder,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  return found.status === 0
    ? undefined
    : `${ref?.sha ? "commit" : "branch"} ${ref?.sha ?? ref?.branch ?? "HEAD"} does not exist in ${repository}`;
}
