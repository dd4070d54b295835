import { RunError } from "@pulumi/pulumi";
import { isCommitId } from "../../src/model/commit-id.js";
import { git } from "./git.js";

/** Options of {@link gitCommit}. */
export interface GitCommitOptions {
  /** A folder inside the checkout. Default: the working directory, which is the Pulumi project's. */
  directory?: string;
  /** Whether files that differ from the commit are accepted; the sync will not have their changes. Default false. */
  allowDirty?: boolean;
  /** Where to look. Default: the CI environment, else the checkout; if both answer they must agree. */
  from?: "ci" | "checkout";
}

/**
 * The full id of the commit that is being deployed, to pin a sync to: of the CI job if the optional
 * package `env-ci` is installed and knows it, else of the checkout (`git rev-parse HEAD`). The commit
 * must be pushed before the service can sync it.
 *
 * @throws Error if neither answers, if the two differ, or if files of the checkout differ from
 * the commit (not checked if only the CI environment is asked).
 *
 * @example
 * ```ts
 * import { ChromaSyncInvocation, collectionNameFor, gitCommit } from "pulumi-chroma-sync";
 *
 * const sha = gitCommit();
 * new ChromaSyncInvocation("code", {
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   refIdentifier: { sha },
 *   targetCollectionName: collectionNameFor("code", sha),
 * });
 * ```
 */
export function gitCommit(options: GitCommitOptions = {}): string {
  const { directory = process.cwd(), allowDirty = false, from } = options;
  const ci = from === "checkout" ? undefined : ciCommit(directory);
  if (from === "ci") {
    if (ci) return ci;
    throw new RunError(
      "gitCommit found no commit in the CI environment: this is not a CI job that env-ci knows, or env-ci is not installed " +
        '(npm install env-ci). Leave out from: "ci" to read the checkout.',
    );
  }
  const checkout = checkoutCommit(directory);
  if (checkout instanceof Error) {
    if (ci) return ci;
    throw new RunError(
      `gitCommit found no commit in ${directory}: ${checkout.message}. Run Pulumi in a git checkout or name one with directory; ` +
        "if a CI job has none, install env-ci (npm install env-ci).",
    );
  }
  if (ci && ci !== checkout)
    throw new RunError(
      `gitCommit found two commits: the CI environment says ${ci}, the checkout in ${directory} is at ${checkout}. ` +
        'Choose one with from: "ci" or from: "checkout".',
    );
  if (!allowDirty) requireClean(directory, checkout);
  return checkout;
}

function checkoutCommit(directory: string): string | Error {
  try {
    return git("-C", directory, "rev-parse", "--verify", "HEAD^{commit}");
  } catch (error) {
    return error as Error;
  }
}

function requireClean(directory: string, commit: string): void {
  const changed = git(
    "-C",
    directory,
    "status",
    "--porcelain",
    // Whatever the settings of this checkout leave out.
    "--untracked-files=normal",
    "--ignore-submodules=none",
  )
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (changed.length === 0) return;
  const more = changed.length > 3 ? ` and ${changed.length - 3} more` : "";
  throw new RunError(
    `gitCommit refuses ${commit}: ${changed.slice(0, 3).join(", ")}${more} (git status) would not be in the sync. ` +
      "Commit or ignore them, or set allowDirty: true.",
  );
}

/** Loaded only when asked for: the table of CI services is not worth the time of programs without it. */
function ciCommit(cwd: string): string | undefined {
  let envCi: (options: { env: NodeJS.ProcessEnv; cwd: string }) => { isCi: boolean; commit?: string };
  try {
    envCi = require("env-ci").default;
  } catch (error) {
    if (["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes((error as { code: string }).code))
      return undefined;
    throw error;
  }
  const { isCi, commit } = envCi({ env: process.env, cwd });
  return isCi && commit && isCommitId(commit) ? commit.toLowerCase() : undefined;
}
