import { execFileSync } from "node:child_process";

/** Runs git in a folder, as somebody who has a name; returns what it prints. */
export const gitIn =
  (folder: string) =>
  (...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();

/** Commits all that a folder holds; returns the commit's id. */
export function commitIn(folder: string, message = "first"): string {
  const git = gitIn(folder);
  git("add", ".");
  git("commit", "--quiet", "--allow-empty", "-m", message);
  return git("rev-parse", "HEAD");
}

/** Makes a repository of a folder, with a commit of all that it holds; returns the commit's id. */
export function repositoryIn(folder: string): string {
  gitIn(folder)("init", "--quiet", "--initial-branch=main");
  return commitIn(folder);
}
