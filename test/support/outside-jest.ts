import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

/**
 * Runs a TypeScript file in a Node process of its own and returns the JSON that it prints. For work that is
 * all computing: within jest's sandbox, which wraps every global, it takes several times as long.
 */
export async function outsideJest<T>(file: string, ...args: number[]): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-outside-"));
  try {
    const outfile = path.join(folder, "bundle.cjs");
    // chromadb is loaded by what deletes collections, and is an ES module.
    await build({ entryPoints: [file], outfile, bundle: true, platform: "node", external: ["chromadb"] });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, ...args.map(String)], {
      maxBuffer: 64 << 20,
    });
    return JSON.parse(stdout);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
