// What does the plugin cost beside the dynamic resource, and above the engine's floor?
import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { loadavg } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { keep, median, spread, table } from "../numbers.mjs";
import { addFloor, ofTheFloor, ofThisPackage } from "../single/programs.mjs";
import { emulator, Stack } from "../stack.mjs";

const N = Number(process.env.BENCH_SIZES ?? 300);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const executable = path.join(root, "dist-plugin/linux-amd64");
if (!existsSync(executable)) throw new Error("npm run plugin:build -- linux-amd64");
const node = (...args) => execFileSync(process.execPath, args, { encoding: "utf8" }).trim();
const sdk = path.join(node(path.join(root, "test/support/engine/sdks.mjs")), "nodejs/bin");

const PROGRAMS = {
  dynamic: ofThisPackage(N),
  plugin: ofThisPackage(N)
    .replace("pulumi-chroma-sync", "pulumi-chroma-sync-sdk")
    .replaceAll("ChromaSyncInvocation", "Invocation"),
  floor: ofTheFloor(N),
};
const project = `name: bench\nruntime: nodejs\nplugins:\n  providers:\n    - name: chroma-sync\n      path: ${executable}\n`;

const found = {};
const names = Object.keys(PROGRAMS);
for (const name of names) found[name] = { up: [], noop: [], destroy: [], bytes: [], load: [] };
for (let round = 0; round < ROUNDS; round++) {
  const service = await emulator();
  // Another order each round, so that none has the warm or the cold place.
  for (let k = 0; k < names.length; k++) {
    const name = names[(k + round) % names.length];
    const stack = new Stack(service.url, { "index.js": PROGRAMS[name], "Pulumi.yaml": project });
    const modules = path.join(path.dirname(stack.folder), "node_modules/pulumi-chroma-sync-sdk");
    cpSync(sdk, modules, { recursive: true });
    addFloor(stack);
    const result = found[name];
    result.load.push(loadavg()[0]);
    result.up.push((await stack.run("up")).seconds);
    result.bytes.push(stack.entryBytes("nvocation"));
    result.noop.push((await stack.run("up")).seconds);
    result.destroy.push((await stack.run("destroy")).seconds);
    stack.remove();
  }
  service.close();
  console.log(`round ${round + 1}: ${JSON.stringify(found)}`);
}

const rows = names.map((name) => {
  const { up, noop, destroy, bytes, load } = found[name];
  const paired = up.map((seconds, round) => seconds / found.dynamic.up[round]);
  const times = [spread(up), spread(paired), spread(noop), spread(destroy)];
  return [name, ...times, median(bytes), spread(load)];
});
const head = ["", "up, s", "up / dynamic, paired", "no-op, s", "destroy, s", "state bytes an entry", "load"];
keep("plugin", `The plugin beside the dynamic resource, ${N} syncs`, table(head, rows), found);
