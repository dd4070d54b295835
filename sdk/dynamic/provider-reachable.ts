import { createRequire } from "node:module";
import { RunError } from "@pulumi/pulumi";

let reached = false;

/**
 * Throws if the engine's provider process could not load this package: it looks from the project
 * directory upwards. Found now, that is a sentence; found at the delete, it is a stack that cannot be
 * destroyed.
 */
export function requireReachable(): void {
  if (reached) return;
  if (process.versions.pnp)
    throw new RunError(
      "pulumi-chroma-sync does not run under Yarn Plug'n'Play: Pulumi starts its provider, at every later destroy too, without it. " +
        "Write `nodeLinker: node-modules` into .yarnrc.yml and run `yarn install`.",
    );
  try {
    createRequire(`${process.cwd()}/_`).resolve("pulumi-chroma-sync/dynamic");
    reached = true;
  } catch {
    throw new RunError(
      `pulumi-chroma-sync cannot be loaded from ${process.cwd()}, where Pulumi runs its provider: ` +
        "add it to the dependencies of the Pulumi project itself (npm install pulumi-chroma-sync), with a node_modules folder.",
    );
  }
}
