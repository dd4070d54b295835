/** What the engine calls the dynamic resources of this package. */
export const DYNAMIC_TYPES = {
  invocation: "pulumi-nodejs:dynamic/chroma-sync:Invocation",
  batch: "pulumi-nodejs:dynamic/chroma-sync:Batch",
  source: "pulumi-nodejs:dynamic/chroma-sync:Source",
  collection: "pulumi-nodejs:dynamic/chroma-sync:SyncedCollection",
} as const;

/** The kinds of dynamic resources. */
export type DynamicKind = keyof typeof DYNAMIC_TYPES;

/** What the engine called them before: state may hold it, so the classes have it as an alias. */
export const FORMER_TYPES: Partial<Record<DynamicKind, string>> = {
  invocation: "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncInvocation",
  batch: "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncInvocationBatch",
  source: "pulumi-nodejs:dynamic/chroma-sync:ChromaSyncSource",
};

// For policies, which see resources of this package and of the plugin for other languages.
export const INVOCATION_TYPES = typesOf("invocation", "chroma-sync:index:Invocation");
export const BATCH_TYPES = typesOf("batch", "chroma-sync:index:InvocationBatch");
export const SOURCE_TYPES = typesOf("source", "chroma-sync:index:Source");
export const PROVIDER_TYPES = ["pulumi:providers:pulumi-nodejs", "pulumi:providers:chroma-sync"];

function typesOf(kind: DynamicKind, plugin: string): string[] {
  return [DYNAMIC_TYPES[kind], FORMER_TYPES[kind] ?? [], plugin].flat();
}
