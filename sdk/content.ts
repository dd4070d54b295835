import * as pulumi from "@pulumi/pulumi";
import { digestOfAsset } from "./content-of-asset.js";
import { inSentences, localContent, said } from "./local-content.js";

/** Options of {@link contentOf}. */
export interface ContentOptions {
  /** Globs of what does not count, relative to the program or to the folder of the patterns: `drafts`, `*.tmp`. */
  exclude?: string | string[];
}

/**
 * One text for the content of files, for `triggers`: it changes when a byte or a name does, and with nothing else.
 * Times, permissions, the order of the file system and the place of the folder do not count; line ends are bytes.
 *
 * A pattern is a file, a folder (all in it that is not hidden) or a glob, relative to where the program runs. A
 * symbolic link to a file of the folder is that file; links that lead out of the folder, or to folders, are not
 * followed.
 *
 * @throws RunError if a pattern matches no file, or if a file cannot be read.
 * @example
 * ```ts
 * import { ChromaSyncInvocation, contentOf } from "pulumi-chroma-sync";
 *
 * new ChromaSyncInvocation("docs", {
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   targetCollectionName: "docs",
 *   triggers: { docs: contentOf("docs/**", { exclude: "docs/drafts" }) },
 * });
 * ```
 */
export function contentOf(patterns: string | string[], options?: ContentOptions): string;
/**
 * The same for an asset or archive of Pulumi, whose paths are known only later. What is elsewhere
 * (`RemoteAsset`, `RemoteArchive`) is not read.
 *
 * @throws RunError if it is remote, or cannot be read.
 */
export function contentOf(asset: pulumi.asset.Asset | pulumi.asset.Archive): pulumi.Output<string>;
export function contentOf(
  what: string | string[] | pulumi.asset.Asset | pulumi.asset.Archive,
  { exclude = [] }: ContentOptions = {},
): string | pulumi.Output<string> {
  const call = `contentOf(${typeof what === "string" ? JSON.stringify(what) : "…"})`;
  if (pulumi.asset.Asset.isInstance(what) || pulumi.asset.Archive.isInstance(what))
    return pulumi.output(digestOfAsset(what).catch((error: Error) => said(call, error)));
  return inSentences(call, () => {
    const { ContentError, digestOfFiles, matchingFiles } = localContent();
    const patterns = [what].flat();
    if (patterns.length === 0)
      throw new ContentError("contentOf requires at least one pattern: a file, a folder or a glob.");
    return digestOfFiles(matchingFiles(patterns, [exclude].flat()));
  });
}
