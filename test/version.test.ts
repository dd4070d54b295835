import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import manifest from "../package.json";
import { temporaryFolder } from "./provider/context.js";

const root = path.join(__dirname, "..");
const folder = temporaryFolder();
const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
const file = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");
const version = (npm_old_version: string, npm_new_version: string) =>
  spawnSync(process.execPath, [path.join(root, ".ci/version.mjs")], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, npm_old_version, npm_new_version },
  });

beforeAll(() => {
  for (const name of ["SECURITY.md", "CHANGELOG.md", "docs", "templates", "examples", "policy-pack"])
    fs.cpSync(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (one) => !/node_modules|\.pulumi$/.test(one),
    });
  git("init", "--quiet");
  git("add", "--all");
});

test("npm version renames what is unreleased, and tells users of no other version", () => {
  const entries = file("CHANGELOG.md").split("## [Unreleased]\n")[1];
  const { status, stderr } = version(manifest.version, "7.8.9");
  expect([status, stderr]).toEqual([0, ""]);
  const [, heading, after] = /## \[Unreleased\]\n\n(## \[7\.8\.9\] - \d{4}-\d\d-\d\d)\n([\s\S]*)/.exec(
    file("CHANGELOG.md"),
  )!;
  expect(heading).toBeDefined();
  expect(after).toBe(entries);
  expect(file("templates/typescript/package.json")).toContain('"pulumi-chroma-sync-sdk": "^7.8.9"');
  expect(file("policy-pack/package.json")).toContain('"version": "7.8.9"');
  expect(file("docs/plugin.md")).toContain("pulumi-resource-chroma-sync-v7.8.9-linux-amd64.tar.gz");
  expect(git("grep", "-hoE", "(^|[^0-9.])7\\.8\\.9").split("\n").length).toBeGreaterThan(15);
  const left = file("docs/plugin.md") + file("docs/beyond-one-machine.md") + file("SECURITY.md");
  expect(left).not.toMatch(new RegExp(`[^\\d.]${manifest.version.replaceAll(".", "\\.")}`));
  // A version that only contains it is another.
  expect(file("docs/mistakes.md")).toContain("v20.1.0");
});

test("a version without entries is refused", () => {
  fs.writeFileSync(
    path.join(folder, "CHANGELOG.md"),
    "# Changelog\n\n## [Unreleased]\n\n## [0.0.1] - 2026-01-01\n\n- x\n",
  );
  const { status, stderr } = version("0.0.1", "0.0.2");
  expect(status).not.toBe(0);
  expect(stderr).toContain('no entries under "## [Unreleased]"');
});
