import type * as pulumi from "@pulumi/pulumi";
import type { BatchObject } from "./batch.js";
import { inSentences, localContent } from "./local-content.js";

/** Options of {@link objectsFromFolder}. */
export interface FolderOptions {
  /** What the keys begin with, `docs/` for instance. Default: nothing. */
  prefix?: string;
  /** Which files are taken, by their path below the folder with `/`. Default: all that is not hidden. */
  include?: (file: string) => boolean;
}

/**
 * The files of a local folder as objects of a batch, in the order of their keys; `version` is a digest of
 * the content, so that a file that changes is synced again. A symbolic link to a file of the folder counts as a file. Upload the same files with the same keys first.
 *
 * @throws RunError if the folder cannot be read.
 * @example
 * ```ts
 * import { ChromaSyncInvocationBatch, objectsFromFolder } from "pulumi-chroma-sync";
 *
 * new ChromaSyncInvocationBatch("docs", {
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   objects: objectsFromFolder("./docs", { prefix: "docs/", include: (file) => file.endsWith(".md") }),
 * });
 * ```
 */
export function objectsFromFolder(
  folder: string,
  options: FolderOptions = {},
): { objectKey: string; version: string }[] {
  const { fileDigest, filesBelow, isVisible } = localContent();
  const { prefix = "", include = isVisible } = options;
  return inSentences(`objectsFromFolder(${JSON.stringify(folder)})`, () =>
    filesBelow(folder)
      .filter(({ name }) => include(name))
      .flatMap(({ name, path }) => {
        const version = fileDigest(path)?.slice(0, VERSION_LENGTH);
        return version === undefined ? [] : [{ objectKey: prefix + name, version }];
      }),
  );
}

/** What a resource of an S3 object says of itself, `aws.s3.BucketObjectv2` for instance. */
export interface ObjectResource {
  key: pulumi.Input<string>;
  etag: pulumi.Input<string>;
}

/**
 * Resources of S3 objects as objects of a batch: an object is synced once it is uploaded, and again when
 * its ETag changes.
 *
 * @example
 * ```ts
 * import { ChromaSyncInvocationBatch, type ObjectResource, objectsFromResources } from "pulumi-chroma-sync";
 *
 * declare const uploaded: ObjectResource[]; // aws.s3.BucketObjectv2[]
 * new ChromaSyncInvocationBatch("docs", {
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   objects: objectsFromResources(uploaded),
 * });
 * ```
 */
export function objectsFromResources(resources: readonly ObjectResource[]): BatchObject[] {
  return resources.map(({ key, etag }) => ({ objectKey: key, version: etag }));
}

/** Eight bytes tell two contents of one key apart. */
const VERSION_LENGTH = 11;
