import * as fs from "node:fs";
import * as path from "node:path";
import { installedFolder } from "../support/project.js";
import { install, run, scratch, tarball } from "./tools.js";

const VERSIONS =
  "4.7.4 4.8.4 4.9.5 5.0.4 5.1.6 5.2.2 5.3.3 5.4.5 5.5.4 5.6.3 5.7.3 5.8.3 5.9.3 6.0.3 7.0.2".split(" ");
/** Those that the declarations of `@types/node` 22 ask too much of; with 14 they do. */
const OLD = "3.8.3 4.0.8 4.3.5 4.5.5 4.6.4".split(" ");
/** The oldest that zod's declarations allow, which those of the client and the emulator name. */
const CLIENT_FROM = 5;
/** The oldest that @types/node 22 allows without skipLibCheck. */
const UNSKIPPED_FROM = 5.4;
/** The oldest that refuses the module resolution of Pulumi's template; its own serves. */
const OWN_RESOLUTION_FROM = 6;

const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import * as sync from "pulumi-chroma-sync";
const sha: string = sync.gitCommit({ allowDirty: true });
const provider = new sync.ChromaSyncProvider("p", { apiKey: pulumi.secret("x") });
const one = new sync.ChromaSyncInvocation(
  "one",
  { sourceId: "x", refIdentifier: { sha }, targetCollectionName: sync.collectionNameFor("a", sha), waitForCompletion: { timeoutSeconds: 5 } },
  { provider },
);
export const id: pulumi.Output<string> = one.invocationId;
// @ts-expect-error A name that is not an argument does not compile.
new sync.ChromaSyncInvocation("two", { sourceID: "x" });
`;
const CLIENT = `import { ChromaSyncClient } from "pulumi-chroma-sync/client";
import { startEmulator } from "pulumi-chroma-sync/emulator";
export const client = startEmulator({ token: "x" }).then(({ url }) => new ChromaSyncClient({ apiKey: "x", endpoint: url }));
`;

const folder = scratch();
const alias = (version: string) => `ts${version}`;

beforeAll(() => {
  install(
    path.join(folder(), "tools"),
    Object.fromEntries([...OLD, ...VERSIONS].map((one) => [alias(one), `typescript@${one}`])),
  );
  install(path.join(folder(), "old"), {
    "pulumi-chroma-sync": tarball(),
    "@pulumi/pulumi": "@pulumi/pulumi@3.270.0",
    "@types/node": "@types/node@14.18.63",
  });
  // 3.8 does not know the comment.
  fs.writeFileSync(path.join(folder(), "old/program.ts"), PROGRAM.split("// @ts-expect-error")[0]!);
  fs.symlinkSync(path.join(installedFolder(), "node_modules"), path.join(folder(), "node_modules"));
  fs.writeFileSync(path.join(folder(), "program.ts"), PROGRAM);
  fs.writeFileSync(path.join(folder(), "client.ts"), CLIENT);
}, 300_000);

const template = "--noEmit --strict --target es2020 --module commonjs --types node";
const resolution = (version: string) =>
  Number.parseFloat(version) < OWN_RESOLUTION_FROM ? ["--moduleResolution", "node"] : [];
const cases = VERSIONS.map((version) => {
  const skip = Number.parseFloat(version) < UNSKIPPED_FROM;
  return { version, skip: skip ? ["--skipLibCheck"] : [], what: skip ? ", skipLibCheck" : "" };
});
function check(version: string, file: string, options: string[], place = folder()): string {
  const tsc = path.join(folder(), "tools/node_modules", alias(version), "bin/tsc");
  return run(place, process.execPath, tsc, ...template.split(" "), ...resolution(version), ...options, file);
}

describe("TypeScript: a program with the settings of Pulumi's template, from 6.0 on without its moduleResolution", () => {
  test.each(cases)("$version$what", ({ version, skip }) => {
    expect(check(version, "program.ts", skip)).toBe("");
  });
});

describe("TypeScript: the same with @types/node 14", () => {
  test.each(OLD)("%s, skipLibCheck", (version) => {
    expect(check(version, "program.ts", ["--skipLibCheck"], path.join(folder(), "old"))).toBe("");
  });
});

describe("TypeScript: /client and /emulator, with esModuleInterop", () => {
  const able = cases.filter(({ version }) => Number.parseFloat(version) >= CLIENT_FROM);
  test.each(able)("$version$what", ({ version, skip }) => {
    expect(check(version, "client.ts", ["--esModuleInterop", ...skip])).toBe("");
  });
});
