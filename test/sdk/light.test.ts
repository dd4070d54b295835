import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { installedFolder } from "../support/project.js";

test("importing the package loads neither the HTTP client, nor the schemas, nor the table of CI services", () => {
  const script = `require("pulumi-chroma-sync");
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const loaded: string[] = JSON.parse(
    execFileSync(process.execPath, ["-e", script], { cwd: installedFolder(), encoding: "utf8" }),
  );
  const ofPackage = loaded.filter((file) => file.includes(path.join("pulumi-chroma-sync", "dist")));
  expect(ofPackage.length).toBeGreaterThan(3);
  expect(ofPackage.filter((file) => !file.includes(path.join("dist", "sdk")))).toEqual([]);
  expect(loaded.filter((file) => /node_modules\/(zod|undici|env-ci)\//.test(file))).toEqual([]);
});
