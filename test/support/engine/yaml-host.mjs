// Makes sure that the YAML language host is on this machine, and prints its folder, to put on PATH. It
// comes with the official CLI; beside a CLI built from Go modules it is built as well.
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { buildInto, builtFolder, go, say, underLock } from "./go-build.mjs";

const NAME = "pulumi-language-yaml";
const recipe = path.join(path.dirname(fileURLToPath(import.meta.url)), "yaml-host");

const folder = onPath() ?? (await underLock(built));
if (!folder) {
  say("no YAML language host could be had: install the Pulumi CLI, or Go, from which it is built.");
  process.exit(1);
}
console.log(folder);

function onPath() {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .find((folder) => folder && fs.existsSync(path.join(folder, NAME)));
}

function built() {
  return buildInto(builtFolder("yaml-host", [recipe]), (folder) =>
    go(recipe, NAME, "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml", folder),
  );
}
