/** The one place that knows what the engine calls the resources: this package's, and those of other languages. */
export const INVOCATION_TYPES = [
  "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncInvocation",
  "chroma-sync:index:Invocation",
];
export const BATCH_TYPES = [
  "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncInvocationBatch",
  "chroma-sync:index:InvocationBatch",
];
export const SOURCE_TYPES = [
  "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncSource",
  "chroma-sync:index:Source",
];
export const PROVIDER_TYPES = ["pulumi:providers:pulumi-nodejs", "pulumi:providers:chroma-sync"];
