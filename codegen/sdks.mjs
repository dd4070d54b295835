// Writes the SDKs of the plugin from schema.json: all of them into dist-sdk/, and Go's, which Go's tools take
// from the repository itself, into sdk/go as well. Takes Go; the first time its build takes minutes.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "..");
const out = path.join(root, "dist-sdk");

fs.rmSync(out, { recursive: true, force: true });
execFileSync("go", ["run", ".", path.join(root, "schema.json"), out, path.join(here, "logo.png")], {
  cwd: here,
  stdio: "inherit",
  env: { ...process.env, GOWORK: "off" },
});
const committed = path.join(root, "sdk/go/chromasync");
fs.rmSync(committed, { recursive: true, force: true });
fs.cpSync(path.join(out, "go/chromasync"), committed, { recursive: true });
