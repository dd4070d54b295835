import { execFile, execFileSync } from "node:child_process";

/** Long enough for a slow remote; git itself has no limit. */
const TIMEOUT_MS = 30_000;
// A program cannot prompt: without this a private remote would wait for a user name forever.
const options = () => {
  // Set if a hook runs the program, of the repository that the hook is of.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  return {
    encoding: "utf8" as const,
    timeout: TIMEOUT_MS,
    maxBuffer: 64 << 20,
    env: { ...env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
  };
};

/** What git printed, trimmed; throws an Error with what git said. */
export function git(...args: string[]): string {
  try {
    return execFileSync("git", args, { ...options(), stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch (error) {
    throw new Error(words(error as Failure));
  }
}

/** The same without blocking, for what goes over a network. */
export function gitOverNetwork(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile("git", args, options(), (error, stdout, stderr) =>
      error ? reject(new Error(words(Object.assign(error, { stderr })))) : resolve(stdout.trim()),
    );
    child.stdin?.end();
  });
}

type Failure = Error & { code?: unknown; killed?: boolean; signal?: unknown; stderr?: string };

function words(error: Failure): string {
  if (error.code === "ENOENT") return "git is not installed, or not on PATH";
  if (error.code === "ETIMEDOUT" || error.killed) return `git did not answer within ${TIMEOUT_MS / 1000} s`;
  // In one line, for it becomes part of a sentence.
  return withoutCredentials((error.stderr || error.message).trim()).replace(/\s*\n\s*/g, " ");
}

/** A text without the user names, passwords, tokens and queries of the URLs in it. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\w:\/\/)[^\s/@]+@/g, "$1").replace(/(\w:\/\/[^\s?#]*)[?#][^\s'"]*/g, "$1");
}
