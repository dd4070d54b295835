import * as fs from "node:fs";
import * as path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { digest } from "../src/model/digest.js";
import type { BatchObject } from "./batch.js";

/** Options of {@link objectsFromFolder}. */
export interface FolderOptions {
  /** What the keys begin with, `docs/` for instance. Default: nothing. */
  prefix?: string;
  /** Which files are taken, by their path below the folder with `/`. Default: all that is not hidden. */
  include?: (file: string) => boolean;
}

/**
 * The files of a local folder as objects of a batch, in the order of their keys; `version` is a digest of
 * the content, so that a file that changes is synced again. Upload the same files with the same keys first.
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
  const { prefix = "", include = isVisible } = options;
  return filesOf(folder)
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, name: path.relative(folder, file).split(path.sep).join("/") }))
    .filter(({ name }) => include(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ file, name }) => ({
      objectKey: prefix + name,
      version: digest(read(folder, file), VERSION_LENGTH),
    }));
}

function filesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, folder, error);
  }
}

function read(folder: string, file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw unreadable(folder, file, error);
  }
}

/** Pulumi prints a RunError as its sentence, without a stack. */
function unreadable(folder: string, file: string, error: unknown): RunError {
  const { code } = error as NodeJS.ErrnoException;
  const what =
    code === "ENOENT"
      ? "does not exist"
      : code === "ENOTDIR"
        ? "is not a folder"
        : `cannot be read (${code})`;
  return new RunError(
    `objectsFromFolder(${JSON.stringify(folder)}): ${path.resolve(file)} ${what}: pass a folder that the program may read; a relative one is looked up from ${process.cwd()}.`,
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

function isVisible(file: string): boolean {
  return !file.split("/").some((part) => part.startsWith("."));
}

/** Eight bytes tell two contents of one key apart. */
const VERSION_LENGTH = 11;
