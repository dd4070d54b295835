import { execFile, execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { writeJavaSdk } from "./java-sdk.js";

const inline = path.join(__dirname, "inline/java");

/** The jars that a Java program needs, from Maven's own store; asked for once per test run. */
const classpath = (() => {
  let found: string | undefined;
  return (folder: string) => {
    const file = path.join(folder, "classpath.txt");
    if (found === undefined) {
      const goal = ["dependency:build-classpath", `-Dmdep.outputFile=${file}`];
      execFileSync("mvn", ["--quiet", "--batch-mode", "--file", path.join(inline, "pom.xml"), ...goal]);
      found = fs.readFileSync(file, "utf8").trim();
    }
    return found;
  };
})();

/** Compiles a program with the plugin's classes and what runs it in one process; returns java's arguments. */
export async function compileJava(program: string, folder: string): Promise<string[]> {
  const [sdk, classes] = [path.join(folder, "sdk"), path.join(folder, "classes")];
  writeJavaSdk(sdk);
  const sources = fs
    .readdirSync(sdk, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".java"))
    .map((name) => path.join(sdk, name));
  const jars = classpath(folder);
  const files = [...sources, program, path.join(inline, "Inline.java")];
  await promisify(execFile)("javac", ["-d", classes, "-cp", jars, ...files]);
  return ["-cp", [classes, jars].join(path.delimiter), "Inline"];
}
