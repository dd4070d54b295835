import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gitCommit, resolveBranch } from "../../sdk/index.js";
import { withoutCredentials } from "../../sdk/refs/git.js";
import { gitIn, repositoryIn } from "../support/git.js";
import { installedFolder } from "../support/project.js";

const installed = () =>
  path.join(installedFolder(), "node_modules/pulumi-chroma-sync/dist/sdk/refs/git-commit.js");
/** Where env-ci is installed. */
const NODE_PATH = path.join(__dirname, "../../node_modules");
const SHA = "3f786850e387550fdab836ed7e6dc881de23001b";

let scratch: string;
let repository: string;
let head: string;

const git = (...args: string[]) => gitIn(repository)(...args);

beforeAll(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-refs-"));
  repository = path.join(scratch, "repository");
  fs.mkdirSync(path.join(repository, "infra"), { recursive: true });
  fs.writeFileSync(path.join(repository, "infra/a"), "a");
  head = repositoryIn(repository);
});

afterEach(() => {
  git("clean", "-dfq");
  git("checkout", "--quiet", ".");
});
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

describe("the commit of a checkout", () => {
  const commit = (options = {}) =>
    gitCommit({ directory: path.join(repository, "infra"), from: "checkout", ...options });

  test("is the full id of HEAD, from any folder inside", () => {
    expect(commit()).toBe(head);
    expect(head).toMatch(/^[0-9a-f]{40}$/);
  });

  test.each([
    ["changed", "infra/a", "M infra/a"],
    ["new", "b", "?? b"],
  ])("is refused while a file is %s, by its name", (_, file, shown) => {
    fs.writeFileSync(path.join(repository, file), "other");
    expect(() => commit()).toThrow(`refuses ${head}: ${shown}`);
    expect(commit({ allowDirty: true })).toBe(head);
  });

  test("is not refused over a file that git ignores", () => {
    fs.writeFileSync(path.join(repository, ".git/info/exclude"), "ignored\n");
    fs.writeFileSync(path.join(repository, "ignored"), "");
    expect(commit()).toBe(head);
  });

  test("is of the folder that is asked for, whatever a hook or the settings of the checkout say", () => {
    const other = path.join(scratch, "other");
    fs.mkdirSync(other);
    fs.writeFileSync(path.join(other, "a"), "");
    repositoryIn(other);
    process.env.GIT_DIR = path.join(other, ".git");
    try {
      expect(commit()).toBe(head);
    } finally {
      delete process.env.GIT_DIR;
    }
    git("config", "status.showUntrackedFiles", "no");
    fs.writeFileSync(path.join(repository, "new"), "");
    expect(() => commit()).toThrow("?? new");
    git("config", "--unset", "status.showUntrackedFiles");
  });

  test("names at most three of many files", () => {
    for (const name of ["1", "2", "3", "4", "5"]) fs.writeFileSync(path.join(repository, name), "");
    expect(() => commit()).toThrow("?? 1, ?? 2, ?? 3 and 2 more (git status)");
  });

  test("is an error outside one, and in one without a commit, that says what to do", () => {
    expect(() => commit({ directory: scratch })).toThrow(
      /not a git repository.*Run Pulumi in a git checkout/s,
    );
    const empty = path.join(scratch, "empty");
    execFileSync("git", ["init", "--quiet", empty]);
    expect(() => commit({ directory: empty })).toThrow(/found no commit in .*empty/);
  });
});

describe("the commit of a CI job", () => {
  /** In a process of its own: env-ci is an ES module, and CI is known by the environment. */
  function commit(environment: Record<string, string>, options: object, modules = { NODE_PATH }) {
    const call = `console.log(require(${JSON.stringify(installed())}).gitCommit(${JSON.stringify(options)}))`;
    const { PATH } = process.env;
    const run = spawnSync(process.execPath, ["-e", call], {
      encoding: "utf8",
      env: { PATH, ...modules, ...environment },
    });
    return { commit: run.stdout.trim(), error: run.stderr };
  }
  const ACTIONS = (sha: string) => ({ GITHUB_ACTIONS: "true", GITHUB_SHA: sha });

  test.each([
    ["GitHub Actions", ACTIONS(SHA)],
    ["GitLab", { GITLAB_CI: "true", CI_COMMIT_SHA: SHA }],
    ["Buildkite", { BUILDKITE: "true", BUILDKITE_COMMIT: SHA }],
    ["CircleCI", { CIRCLECI: "true", CIRCLE_SHA1: SHA }],
  ])("is that of %s if there is no checkout", (_, environment) => {
    expect(commit(environment, { directory: scratch })).toEqual({ commit: SHA, error: "" });
  });

  test("has to be that of the checkout, unless one is chosen", () => {
    const { error } = commit(ACTIONS(SHA), { directory: repository });
    expect(error).toContain(`the CI environment says ${SHA}, the checkout in ${repository} is at ${head}`);
    expect(commit(ACTIONS(SHA), { directory: repository, from: "ci" }).commit).toBe(SHA);
    expect(commit(ACTIONS(SHA), { directory: repository, from: "checkout" }).commit).toBe(head);
    expect(commit(ACTIONS(head), { directory: repository }).commit).toBe(head);
  });

  test.each(["HEAD", "main", ""])("is not %p, which Buildkite says for a branch's latest", (word) => {
    const environment = { BUILDKITE: "true", BUILDKITE_COMMIT: word };
    expect(commit(environment, { directory: repository }).commit).toBe(head);
    expect(commit(environment, { from: "ci" }).error).toContain("no commit in the CI environment");
  });

  test("is read from the checkout where env-ci is not installed", () => {
    const none = { NODE_PATH: "" };
    expect(commit(ACTIONS(SHA), { directory: repository }, none).commit).toBe(head);
    expect(commit(ACTIONS(SHA), { directory: scratch }, none).error).toContain("npm install env-ci");
  });
});

describe("a branch of a remote", () => {
  test("is resolved to its commit by git itself", async () => {
    git("branch", "--force", "next", head);
    await expect(resolveBranch(repository, "main")).resolves.toBe(head);
    await expect(resolveBranch(`file://${repository}`, "next")).resolves.toBe(head);
    await expect(resolveBranch(repository)).resolves.toBe(head);
    const relative = path.relative(process.cwd(), repository);
    await expect(resolveBranch(relative.startsWith(".") ? relative : `./${relative}`)).resolves.toBe(head);
  });

  test("is not one whose name only ends alike", async () => {
    git("branch", "--force", "refs/heads/release", head);
    await expect(resolveBranch(repository, "release")).rejects.toThrow('no branch "release"');
  });

  test.each(["absent", "ma*", "--upload-pack=touch /tmp/x", ""])("named %p is an error", async (name) => {
    await expect(resolveBranch(repository, name)).rejects.toThrow(/found no branch .* check its name/);
  });

  test("is an error if the repository cannot be read, without its credentials", async () => {
    await expect(resolveBranch(path.join(scratch, "nowhere"))).rejects.toThrow(
      /could not read .*nowhere.*Check the name/s,
    );
    const refused = resolveBranch("http://user:hunter2@127.0.0.1:9/x.git", "main");
    await expect(refused).rejects.toThrow("could not read http://127.0.0.1:9/x.git");
    await expect(refused).rejects.not.toThrow("hunter2");
  });
});

test("credentials are taken out of every URL of a text", () => {
  expect(withoutCredentials("a https://u:p@h/x and ssh://t@h/y, git@h:z 'https://h/x?token=t#u'")).toBe(
    "a https://h/x and ssh://h/y, git@h:z 'https://h/x'",
  );
});
