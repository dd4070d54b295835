// The dynamic provider of every resource, as text. It captures nothing, so that no key, module or
// environment can reach state, and names a public entry without a version, because old state keeps
// running it. A text must never change. `createRequire` from the project directory also finds a package
// that the project itself is.

/** The provider of an invocation. */
export const PROVIDER_TEXT =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").invocation';

/** The provider of a source. */
export const SOURCE_PROVIDER_TEXT =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").source';

/** The provider of a collection that is in use. */
export const COLLECTION_PROVIDER_TEXT =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").collection';

/** The same for batches. */
export const BATCH_PROVIDER_TEXT =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("pulumi-chroma-sync/dynamic").batch';
