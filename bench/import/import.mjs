// What does importing the package add to a program that has imported @pulumi/pulumi?
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { keep, median, spread, table } from "../numbers.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = `
require("@pulumi/pulumi");
const begun = performance.now();
require("pulumi-chroma-sync");
const added = performance.now() - begun;
const loaded = Object.keys(require.cache).filter((file) => /node_modules.(zod|undici)./.test(file));
console.log(JSON.stringify({ added, loaded: loaded.length }));`;
const runs = Array.from({ length: ROUNDS }, () =>
  JSON.parse(execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" })),
);
const added = runs.map((run) => run.added);
const rows = [[spread(added, 1), Math.max(...runs.map((run) => run.loaded)), "30"]];
const head = ["added, ms", "modules of zod and undici loaded", "goal, ms"];
keep("import", "Importing the package", table(head, rows), { added, median: median(added) });
