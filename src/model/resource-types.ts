/** What the engine calls the dynamic resources of this package. */
export const DYNAMIC_TYPES = {
  invocation: "pulumi-nodejs:dynamic/chroma-sync:Invocation",
  batch: "pulumi-nodejs:dynamic/chroma-sync:Batch",
  source: "pulumi-nodejs:dynamic/chroma-sync:Source",
  file: "pulumi-nodejs:dynamic/chroma-sync:File",
  files: "pulumi-nodejs:dynamic/chroma-sync:Files",
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

/** What the engine calls the resources of the plugin for other languages. */
export const PLUGIN_TYPES = {
  invocation: "chroma-sync:index:Invocation",
  batch: "chroma-sync:index:InvocationBatch",
  source: "chroma-sync:index:Source",
  file: "chroma-sync:index:File",
  files: "chroma-sync:index:Files",
} as const;

/** The kinds of resources that the plugin has. */
export type PluginKind = keyof typeof PLUGIN_TYPES;

// For policies, which see resources of this package and of the plugin.
export const INVOCATION_TYPES = typesOf("invocation");
export const BATCH_TYPES = typesOf("batch");
export const SOURCE_TYPES = typesOf("source");
export const FILE_TYPES = typesOf("file");
export const FILES_TYPES = typesOf("files");
export const PROVIDER_TYPES = ["pulumi:providers:pulumi-nodejs", "pulumi:providers:chroma-sync"];

function typesOf(kind: PluginKind): string[] {
  return [DYNAMIC_TYPES[kind], FORMER_TYPES[kind] ?? [], PLUGIN_TYPES[kind]].flat();
}

/** The kind of a type of the plugin; undefined if it has none of that name. */
export function pluginKindOf(type: string): PluginKind | undefined {
  return (Object.keys(PLUGIN_TYPES) as PluginKind[]).find((kind) => PLUGIN_TYPES[kind] === type);
}

/** The URNs that a resource of the plugin had as a dynamic one, before its stack moved. */
export function dynamicUrns(urn: string): string[] {
  const [stack, project, types = "", ...name] = urn.split("::");
  const type = types.split("$").at(-1)!;
  const kind = pluginKindOf(type);
  if (!kind) return [];
  const parents = types.slice(0, types.length - type.length);
  const former = [DYNAMIC_TYPES[kind], FORMER_TYPES[kind] ?? []].flat();
  return former.map((one) => [stack, project, `${parents}${one}`, ...name].join("::"));
}
