import * as pulumi from "@pulumi/pulumi";

/**
 * A file as the engine is given it: an asset by its path, text or address, so that no file is read into state. A
 * value that is not a local file is passed on, and the check refuses it.
 */
export function fileInput(file: unknown): unknown {
  if (pulumi.asset.Archive.isInstance(file)) return { archive: true };
  if (!pulumi.asset.Asset.isInstance(file)) return file;
  const { path, text, uri } = file as { path?: unknown; text?: unknown; uri?: unknown };
  if (path !== undefined) return { path };
  return text === undefined ? { uri } : { text };
}
