import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { installedFolder } from "./support/project.js";

const manifest = JSON.parse(fs.readFileSync(path.join(__dirname, "../package.json"), "utf8"));

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-alone-"));
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  const tarball = path.join(installedFolder(), `${manifest.name}-${manifest.version}.tgz`);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], {
    cwd: folder,
    stdio: "pipe",
  });
}, 120_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

const run = (program: string, ...flags: string[]) =>
  execFileSync(process.execPath, [...flags, "-e", program], { cwd: folder, encoding: "utf8" });

test("installed alone, the package brings what it depends on and no Pulumi", () => {
  const modules = path.join(folder, "node_modules");
  const names = fs.readdirSync(modules).filter((name) => !name.startsWith("."));
  const installed = names.flatMap((name) =>
    name.startsWith("@") ? fs.readdirSync(path.join(modules, name)).map((one) => `${name}/${one}`) : [name],
  );
  const needed = new Set(["pulumi-chroma-sync"]);
  for (const name of needed) {
    const { dependencies = {} } = JSON.parse(
      fs.readFileSync(path.join(modules, name, "package.json"), "utf8"),
    );
    for (const one of Object.keys(dependencies)) needed.add(one);
  }
  expect(installed.sort()).toEqual([...needed].sort());
  expect(installed.filter((name) => /@pulumi|grpc|protobuf/.test(name))).toEqual([]);
  expect(Object.keys(manifest.dependencies).filter((name) => !needed.has(name))).toEqual([]);
});

test("client and emulator run there, required and imported", () => {
  fs.mkdirSync(path.join(folder, "bucket"), { recursive: true });
  fs.writeFileSync(path.join(folder, "bucket/a.md"), "# A\n");
  const body = `
    const emulator = await startEmulator({ token: "k", pendingMs: 0, processingMs: 0,
      seed: { buckets: { b: "bucket" }, databases: ["db"] } });
    const client = new ChromaSyncClient({ apiKey: "k", endpoint: emulator.url });
    const source = await client.createSource({ databaseName: "db",
      s3: { bucketName: "b", region: "r", collectionName: "docs", awsCredentialId: 1 } });
    const done = await client.waitForInvocation(await client.createInvocation(source, { objectKey: "a.md" }));
    await client.waitForInvocation(await client.addFile({ databaseName: "db", collectionName: "uploads",
      file: Buffer.from("text"), filename: "a.md" }));
    console.log(done.status, done.metadata.collectionName);
    await client.close();
    await emulator.close();`;
  const required = `const { ChromaSyncClient } = require("pulumi-chroma-sync/client");
    const { startEmulator } = require("pulumi-chroma-sync/emulator");
    (async () => {${body}})();`;
  const imported = `import { ChromaSyncClient } from "pulumi-chroma-sync/client";
    import { startEmulator } from "pulumi-chroma-sync/emulator";
    ${body}`;
  expect(run(required)).toBe("complete docs\n");
  expect(run(imported, "--input-type=module")).toBe("complete docs\n");
});

test("the emulator's command runs there", () => {
  const command = path.join(folder, "node_modules/.bin/chroma-sync-emulator");
  expect(execFileSync(command, ["--help"], { cwd: folder, encoding: "utf8" })).toContain("--port");
});
