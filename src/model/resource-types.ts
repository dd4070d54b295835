/**
 * The one place that knows what the engine calls the resources: this package's, by the names of now and of
 * 0.1.0, and the plugin's.
 */
export const INVOCATION_TYPES = [
  "pulumi-nodejs:dynamic/chroma-sync:Invocation",
  "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncInvocation",
  "chroma-sync:index:Invocation",
];
export const BATCH_TYPES = [
  "pulumi-nodejs:dynamic/chroma-sync:Batch",
  "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncInvocationBatch",
  "chroma-sync:index:InvocationBatch",
];
export const SOURCE_TYPES = [
  "pulumi-nodejs:dynamic/chroma-sync:Source",
  "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncSource",
  "chroma-sync:index:Source",
];
export const PROVIDER_TYPES = ["pulumi:providers:pulumi-nodejs", "pulumi:providers:chroma-sync"];
