import * as pulumi from "@pulumi/pulumi";

/**
 * A file as it crosses the engine: an asset by what it names, so that its content never does. What is no local file
 * is left for the check to refuse.
 */
export function fileInput(file: unknown): unknown {
  if (pulumi.asset.Archive.isInstance(file)) return { archive: true };
  if (!pulumi.asset.Asset.isInstance(file)) return file;
  const { path, text, uri } = file as { path?: unknown; text?: unknown; uri?: unknown };
  if (path !== undefined) return { path };
  return text === undefined ? { uri } : { text };
}
