import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { temporaryFolder } from "../provider/context.js";
import { enginePath, installedFolder } from "../support/project.js";

const page = (name: string) => fs.readFileSync(path.join(__dirname, "../../docs", name), "utf8");
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, block]) => block!);

/** Runs the commands of a page in an empty folder, with the packed package in place of the published one. */
function runAsShown(commands: string) {
  const folder = temporaryFolder();
  const pulumiHome = temporaryFolder();
  return () => {
    const [tarball] = fs.readdirSync(installedFolder()).filter((name) => name.endsWith(".tgz"));
    const packed = commands.replace(
      "npm install pulumi-chroma-sync ",
      `npm install --prefer-offline ${path.join(installedFolder(), tarball!)} `,
    );
    expect(packed).not.toBe(commands);
    const { PULUMI_BACKEND_URL: _url, CHROMA_API_KEY: _key, ...environment } = process.env;
    const author = { GIT_AUTHOR_NAME: "t", GIT_AUTHOR_EMAIL: "t@example.com" };
    const committer = { GIT_COMMITTER_NAME: "t", GIT_COMMITTER_EMAIL: "t@example.com" };
    const home = { PATH: enginePath(), PULUMI_HOME: pulumiHome, NO_COLOR: "1" };
    // What still runs after a failure would keep the output open.
    const run = spawnSync("bash", ["-e", "-c", `trap 'kill $(jobs -p) 2> /dev/null' EXIT\n${packed}`], {
      cwd: folder,
      timeout: 180_000,
      encoding: "utf8",
      env: { ...environment, ...author, ...committer, ...home },
    });
    expect(run).toMatchObject({ status: 0 });
    return run.stdout;
  };
}

const withoutAccount = runAsShown(blocks(page("without-an-account.md"), "sh")[0]!);

test("the commands of docs/without-an-account.md, in an empty directory, end with a finished sync", () => {
  const output = withoutAccount();
  expect(output).toMatch(/status: "complete"/);
  expect(output).toContain("The resources in the stack have been deleted");
});

const tutorial = runAsShown(blocks(page("tutorial.md"), "sh").join(""));
/** The same in each run: commits and seconds are not. */
const lines = (text: string) =>
  text.split("\n").map((line) =>
    line
      .replace(/[0-9a-f]{7,40}/g, "<commit>")
      .replace(/[\d.]+ ?s\b/g, "<time>")
      .trim(),
  );

test("the commands of docs/tutorial.md, in an empty directory, print what it shows", () => {
  const shown = blocks(page("tutorial.md"), "text").flatMap(lines);
  expect(shown.length).toBeGreaterThan(15);
  expect(lines(tutorial())).toEqual(expect.arrayContaining(shown));
});
