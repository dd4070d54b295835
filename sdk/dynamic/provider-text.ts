import type { DynamicKind } from "../../src/model/resource-types.js";

/**
 * The dynamic provider of every resource, as text. It captures nothing, so that no key, module or
 * environment can reach state, and names a public entry without a version, because old state keeps
 * running it. A text must never change. `createRequire` from the project directory also finds a package
 * that the project itself is.
 */
export const PROVIDER_TEXTS: Record<DynamicKind, string> = {
  invocation:
    'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").invocation',
  batch:
    'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").batch',
  source:
    'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").source',
  file: 'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").file',
  files:
    'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").files',
  collection:
    'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").collection',
};
