// Bundles the plugin into one file: `node plugin/bundle.mjs <file>`.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Writes the bundle; returns the folders of the packages that are in it. */
export async function bundle(file) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/hosts/plugin/main.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node24",
    // Of the components alone, which the plugin does not have.
    external: ["chromadb"],
    metafile: true,
    logLevel: "warning",
  });
  const folders = Object.keys(metafile.inputs).map(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0],
  );
  return new Set(folders.filter(Boolean));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(path.resolve(process.argv[2]));
