import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { temporaryFolder } from "./provider/context.js";

const root = path.join(__dirname, "..");
const folder = path.join(temporaryFolder(), "checkout");
const run = (command: string, args: string[], env: Record<string, string> = {}) => {
  const done = spawnSync(command, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
  return { code: done.status, output: done.stdout + done.stderr };
};
const git = (...args: string[]) =>
  run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args]);
const release = (env: Record<string, string>, ...args: string[]) =>
  run(process.execPath, [path.join(root, ".ci/release.mjs"), ...args], { GITHUB_REPOSITORY: "", ...env });

beforeAll(() => {
  spawnSync("git", ["clone", "--quiet", root, folder]);
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  fs.appendFileSync(path.join(folder, ".git/info/exclude"), "node_modules\n");
});

test("a release of what is not ready says all that is missing, and publishes nothing", () => {
  fs.writeFileSync(path.join(folder, "CHANGELOG.md"), "# Changelog\n\n## [Unreleased]\n");
  const { code, output } = release({});
  expect(code).toBe(1);
  for (const part of [
    "has changes",
    "not tagged v",
    'no heading "## ',
    "GITHUB_REPOSITORY",
    "id-token: write",
  ])
    expect(output).toContain(part);
});

test("a release under a name that the files do not have is refused", () => {
  const { code, output } = release({ GITHUB_REPOSITORY: "acme/pulumi-chroma-sync" }, "--dry-run");
  expect(code).toBe(1);
  expect(output).toContain("names git+https://github.com/pulumi-chroma-sync/pulumi-chroma-sync.git");
  expect(output).toContain("node codegen/repository.mjs acme/pulumi-chroma-sync");
});

test("a release of a tagged commit packs, checks and would publish with the repository's name", () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  fs.writeFileSync(path.join(folder, "CHANGELOG.md"), `# Changelog\n\n## [${version}] - 2026-01-01\n`);
  run(process.execPath, [path.join(folder, "codegen/repository.mjs"), "acme/pulumi-chroma-sync"]);
  // Nothing is left of the name that stood there before.
  expect(git("grep", "-l", "pulumi-chroma-sync/pulumi-chroma-sync").output.trim()).toBe(
    "test/release.test.ts",
  );
  git("add", "--all");
  git("commit", "--quiet", "--message", "release");
  git("tag", `v${version}`);
  const { code, output } = release({ GITHUB_REPOSITORY: "acme/pulumi-chroma-sync" }, "--dry-run");
  expect({ code, output }).toMatchObject({ code: 0 });
  for (const asset of ["v0.1.0-linux-amd64.tar.gz", "_checksums.txt", "_sbom.cdx.json"].map((end) =>
    end.replace("0.1.0", version),
  ))
    expect(output).toMatch(new RegExp(`would run gh release create .*${asset.replaceAll(".", "\\.")}`));
  expect(output).toContain(`would publish pulumi-chroma-sync@${version} as latest`);
  expect(output).toContain(`ref=refs/tags/sdk/go/v${version} -f sha=`);
  const tarball = `pulumi-chroma-sync-${version}.tgz`;
  const sums = fs.readFileSync(path.join(folder, "dist-release/SHA256SUMS"), "utf8");
  expect(sums).toMatch(new RegExp(`^[0-9a-f]{64}  ${tarball}$`, "m"));
  expect(sums.trim().split("\n")).toHaveLength(4);
  const packed = run("tar", ["-xzOf", `dist-release/${tarball}`, "package/package.json"]);
  expect(JSON.parse(packed.output)).toMatchObject({
    repository: { type: "git", url: "git+https://github.com/acme/pulumi-chroma-sync.git" },
    homepage: "https://github.com/acme/pulumi-chroma-sync#readme",
    bugs: { url: "https://github.com/acme/pulumi-chroma-sync/issues" },
  });
});

test("what was packed is published as it is, and not at all if it was changed on the way", () => {
  const publish = () => release({ GITHUB_REPOSITORY: "acme/pulumi-chroma-sync" }, "--publish", "--dry-run");
  fs.rmSync(path.join(folder, "dist"), { recursive: true });
  const { code, output } = publish();
  expect({ code, output }).toMatchObject({ code: 0 });
  // Nothing was built.
  expect(fs.existsSync(path.join(folder, "dist"))).toBe(false);
  const [archive] = fs
    .readdirSync(path.join(folder, "dist-release"))
    .filter((name) => name.endsWith(".tar.gz"));
  fs.appendFileSync(path.join(folder, "dist-release", archive!), "more");
  const changed = publish();
  expect(changed.code).not.toBe(0);
  expect(changed.output).toContain(`${archive} is not what was packed`);
  expect(changed.output).not.toContain("would publish");
});
