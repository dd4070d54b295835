import * as pulumi from "@pulumi/pulumi";
import { decodeBatchRecords } from "../src/model/batch-encoding.js";
import type { BatchCounts } from "./batch.js";
import { declaration } from "./dynamic/declaration.js";
import { witness } from "./dynamic/witness.js";
import type { MetadataValue, WaitOptions } from "./invocation-args.js";
import type { Chunking, Embedding } from "./source-args.js";

/** Inputs of {@link ChromaSyncFiles}. */
export interface ChromaSyncFilesArgs {
  /** Chroma Cloud database that the collection is in (`database_name`); it must exist. Another one replaces the resource. */
  databaseName: pulumi.Input<string>;
  /** Collection to write to (`collection_name`); the first upload creates it. Another one replaces the resource. */
  collectionName: pulumi.Input<string>;
  /** Path of the folder, relative to where the program runs. A file that is new or changed is uploaded. */
  folder: pulumi.Input<string>;
  /** Globs of the files to upload, relative to the folder, such as `*.md`. Default: all that are not hidden. */
  include?: pulumi.Input<string | string[] | undefined>;
  /** Globs of files and folders to omit. */
  exclude?: pulumi.Input<string | string[] | undefined>;
  /** What the names of the documents begin with, `docs/` for instance. Default: nothing. */
  prefix?: pulumi.Input<string | undefined>;
  /** How chunks become vectors. Default: the service's. Another one replaces the resource. */
  embedding?: Embedding;
  /** How documents are cut. Default: the service's. Another one replaces the resource. */
  chunking?: Chunking;
  /** Metadata for the chunks of all files, at most 16 KiB as JSON; a change of it uploads all of them again. */
  metadata?: pulumi.Input<Record<string, pulumi.Input<MetadataValue>> | undefined>;
  /**
   * Values whose change uploads all files again: a list, in which order counts, or a map of names. Adding the input
   * or a name, or removing either, uploads none.
   */
  // biome-ignore lint/suspicious/noExplicitAny: any value that state can hold may trigger.
  triggers?: pulumi.Input<any[] | Record<string, any> | undefined>;
  /** When to upload: `change` (default) what is new or changed, `up` all files in every `pulumi up`. */
  runOn?: pulumi.Input<"change" | "up" | undefined>;
  /** Uploads under way at once, 1 to 64. Default 8. */
  concurrency?: pulumi.Input<number | undefined>;
  /** Whether the update waits until every file is indexed, and fails if one fails. Default false. */
  waitForCompletion?: pulumi.Input<boolean | WaitOptions | undefined>;
  /** What happens to a file that is gone from the folder: `forget` (default), or `cancel` it while it is pending. */
  onRemoved?: pulumi.Input<"forget" | "cancel" | undefined>;
  /** Whether the other files are uploaded after one was refused. Default true; a refused key ends the run anyway. */
  continueOnError?: pulumi.Input<boolean | undefined>;
  /** Whether deleting the resource cancels what is still pending. Default true. */
  cancelOnDelete?: pulumi.Input<boolean | undefined>;
  /** Marks each upload with a digest of its declaration, so that a run that was killed on another disk is found. Default false. */
  provenance?: pulumi.Input<boolean | undefined>;
  /** Whether the next update uploads again what is recorded as failed or cancelled. Default false. */
  retryFailed?: pulumi.Input<boolean | undefined>;
}

/**
 * The files of a folder that are uploaded into a collection, as one resource: several at once, and each only if its
 * content is new. The name of a file below the folder, with the prefix, is the name of its document and begins its chunk
 * ids. Every promise of a single file holds for each of them.
 *
 * @example
 * ```ts
 * import { ChromaSyncFiles } from "pulumi-chroma-sync";
 *
 * const docs = new ChromaSyncFiles("docs", {
 *   databaseName: "production",
 *   collectionName: "docs",
 *   folder: "docs",
 *   exclude: ["drafts"],
 *   waitForCompletion: true,
 * });
 * export const counts = docs.counts;
 * ```
 */
export class ChromaSyncFiles extends pulumi.CustomResource {
  /** Database of the collection. */
  declare readonly databaseName: pulumi.Output<string>;
  /** The collection that the files are written to. */
  declare readonly collectionName: pulumi.Output<string>;
  /** What state holds of each file, as text: {@link decodeBatchRecords} reads it. */
  declare readonly records: pulumi.Output<string>;
  /** How many files are in which state. */
  declare readonly counts: pulumi.Output<BatchCounts>;
  /** Why, in the service's words, for each name whose upload failed to be indexed. */
  declare readonly failures: pulumi.Output<Record<string, string>>;

  /**
   * Declares the files of a folder.
   *
   * @throws TypeError if an argument holds a value that state cannot hold, naming its path.
   */
  constructor(name: string, args: ChromaSyncFilesArgs, options?: pulumi.CustomResourceOptions) {
    super(...declaration("files", name, args, options, { outputs: OUTPUTS }));
    witness(this, (this as unknown as { run: pulumi.Output<string> }).run);
  }

  /** Id of the invocation of each name. */
  get invocationIds(): pulumi.Output<Record<string, string>> {
    return this.records.apply((text) =>
      Object.fromEntries(
        decodeBatchRecords(text).map((record): [string, string] => [record.objectKey, record.invocationId]),
      ),
    );
  }

  /** Fails with a sentence: only the stack that declares files knows them. Read its outputs with a StackReference. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ChromaSyncFiles {
    return new ChromaSyncFiles(name, {} as ChromaSyncFilesArgs, { ...options, id });
  }
}

const OUTPUTS = ["databaseName", "collectionName", "records", "counts", "failures", "run"];
