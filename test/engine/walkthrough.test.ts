import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { temporaryFolder } from "../provider/context.js";
import { enginePath, installedFolder } from "../support/project.js";

const page = fs.readFileSync(path.join(__dirname, "../../docs/without-an-account.md"), "utf8");
const folder = temporaryFolder();

test("the commands of docs/without-an-account.md, in an empty directory, end with a finished sync", () => {
  const [, commands] = /```sh\n([\s\S]*?)```/.exec(page)!;
  const [tarball] = fs.readdirSync(installedFolder()).filter((name) => name.endsWith(".tgz"));
  const packed = commands!.replace(
    "npm install pulumi-chroma-sync ",
    `npm install --prefer-offline ${path.join(installedFolder(), tarball!)} `,
  );
  expect(packed).not.toBe(commands);
  const { PULUMI_BACKEND_URL: _url, CHROMA_API_KEY: _key, ...environment } = process.env;
  const run = spawnSync("bash", ["-e", "-c", packed], {
    cwd: folder,
    timeout: 120_000,
    encoding: "utf8",
    env: { ...environment, PATH: enginePath(), PULUMI_HOME: path.join(folder, "home"), NO_COLOR: "1" },
  });
  expect(run).toMatchObject({ status: 0 });
  expect(run.stdout).toMatch(/status: "complete"/);
  expect(run.stdout).toContain("The resources in the stack have been deleted");
});
