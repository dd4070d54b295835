import { RunError } from "@pulumi/pulumi";
import { sentence } from "../../src/model/mistake.js";
import { gitOverNetwork, withoutCredentials } from "./git.js";

const GITHUB_NAME = /^\w[\w.-]*\/[\w.-]+$/;

/**
 * The commit that a branch of a remote repository is at now (`git ls-remote`, with git's own credentials;
 * nothing is cloned). A branch moves: a preview and the update after it may see two commits, which
 * {@link gitCommit} or a commit in the stack's configuration rules out.
 *
 * @param repository `owner/name` on GitHub, or whatever git takes: a URL, a path that starts with `/` or `.`.
 * @param branch Its name. Default: the repository's default branch.
 * @throws Error if the repository cannot be read within 30 s or has no such branch.
 *
 * @example
 * ```ts
 * import { ChromaSyncInvocation, collectionNameFor, resolveBranch } from "pulumi-chroma-sync";
 *
 * const sha = resolveBranch("chroma-core/chroma", "main");
 * new ChromaSyncInvocation("code", {
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   refIdentifier: { sha },
 *   targetCollectionName: collectionNameFor("code", sha),
 * });
 * ```
 */
export async function resolveBranch(repository: string, branch?: string): Promise<string> {
  const url = GITHUB_NAME.test(repository) ? `https://github.com/${repository}.git` : repository;
  const ref = branch === undefined ? "HEAD" : `refs/heads/${branch}`;
  const shown = withoutCredentials(url);
  let answer: string;
  try {
    answer = await gitOverNetwork("ls-remote", "--", url, ref);
  } catch (error) {
    throw sentence(
      new RunError(
        `resolveBranch could not read ${shown}: ${(error as Error).message}. Check the name, and that git on this machine may read it.`,
      ),
    );
  }
  // git matches the end of names, so that the answer may hold other refs too.
  const line = answer.split("\n").find((one) => one.endsWith(`\t${ref}`));
  if (line) return line.slice(0, line.indexOf("\t"));
  throw sentence(
    new RunError(
      branch === undefined
        ? `resolveBranch found no default branch in ${shown}: the repository is empty. Push a commit first.`
        : `resolveBranch found no branch ${JSON.stringify(branch)} in ${shown}: check its name (tags are not branches), or push it.`,
    ),
  );
}
