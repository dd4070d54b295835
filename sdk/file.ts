import * as pulumi from "@pulumi/pulumi";
import { declaration } from "./dynamic/declaration.js";
import { fileInput } from "./dynamic/file-input.js";
import { witness } from "./dynamic/witness.js";
import type { InvocationStatus, MetadataValue, WaitOptions } from "./invocation-args.js";
import type { Chunking, Embedding } from "./source-args.js";

/** A file of this machine: its path, relative to where the program runs, or an asset. */
export type LocalFile = pulumi.Input<string> | pulumi.asset.FileAsset | pulumi.asset.StringAsset;

/** Inputs of {@link ChromaSyncFile}. */
export interface ChromaSyncFileArgs {
  /** Chroma Cloud database that the collection is in (`database_name`); it must exist. */
  databaseName: pulumi.Input<string>;
  /** Collection to write to (`collection_name`); the first upload creates it. */
  collectionName: pulumi.Input<string>;
  /** The file, of 1 byte to 200 MiB. Another content is uploaded as a new document; another path to the same content is not. */
  file: LocalFile;
  /** Name of the document. Default: the file's own; a text has none, so it requires one. */
  filename?: pulumi.Input<string | undefined>;
  /** Prefix of chunk ids instead of the hash of the name (`custom_id`), at most 120 bytes. */
  customId?: pulumi.Input<string | undefined>;
  /** Metadata for every chunk (`metadata`), at most 16 KiB as JSON. */
  metadata?: pulumi.Input<Record<string, pulumi.Input<MetadataValue>> | undefined>;
  /** How chunks become vectors. Default: the service's. */
  embedding?: Embedding;
  /** How the document is cut. Default: the service's. */
  chunking?: Chunking;
  /** MIME type (`content_type`). Default: inferred by the service. */
  contentType?: pulumi.Input<string | undefined>;
  /**
   * Values whose change uploads the file again: a list, in which order counts, or a map of names. Adding the input
   * or a name, or removing either, does not.
   */
  // biome-ignore lint/suspicious/noExplicitAny: any value that state can hold may trigger.
  triggers?: pulumi.Input<any[] | Record<string, any> | undefined>;
  /** Whether the update waits until the file is indexed, and fails if that fails. Default false. */
  waitForCompletion?: pulumi.Input<boolean | WaitOptions | undefined>;
  /** Whether deleting the resource cancels the upload's invocation while it is pending. Default true. */
  cancelOnDelete?: pulumi.Input<boolean | undefined>;
  /** Marks the upload with a digest of its declaration, so that a run that was killed on another disk is found. Default false. */
  provenance?: pulumi.Input<boolean | undefined>;
  /** Whether the next update uploads again what is recorded as failed or cancelled. Default false. */
  retryFailed?: pulumi.Input<boolean | undefined>;
  /** UUID of an upload's invocation that exists: it is adopted, and nothing is uploaded. */
  adoptInvocationId?: pulumi.Input<string | undefined>;
}

/**
 * A file of this machine that is uploaded into a collection: `POST /api/v1/add-file`. Its content decides: only another
 * one is uploaded again, as a new document beside the old one. Deleting the resource cancels the invocation while it is
 * pending, and never touches data that was written.
 *
 * @example
 * ```ts
 * import { ChromaSyncFile } from "pulumi-chroma-sync";
 *
 * const guide = new ChromaSyncFile("guide", {
 *   databaseName: "production",
 *   collectionName: "docs",
 *   file: "docs/guide.pdf",
 *   waitForCompletion: true,
 * });
 * export const invocationId = guide.invocationId;
 * ```
 */
export class ChromaSyncFile extends pulumi.CustomResource {
  /** Database of the collection. */
  declare readonly databaseName: pulumi.Output<string>;
  /** The collection that the file is written to. */
  declare readonly collectionName: pulumi.Output<string>;
  /** Name of the document. */
  declare readonly filename: pulumi.Output<string>;
  /** SHA-256 of the content that was uploaded, in base64url; absent if the upload was adopted by its id. */
  declare readonly contentHash: pulumi.Output<string | undefined>;
  /** Id of the invocation, which is also the resource's id. */
  declare readonly invocationId: pulumi.Output<string>;
  /** State when it was last read: after an update without waiting `pending`; `pulumi refresh` reads it again. */
  declare readonly status: pulumi.Output<InvocationStatus>;
  /** When the service accepted it (ISO 8601); absent until read from the service. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /** When it was complete (ISO 8601); absent until then. */
  declare readonly finishedAt: pulumi.Output<string | undefined>;
  /** How long it took, in milliseconds; absent until it is complete. */
  declare readonly durationMs: pulumi.Output<number | undefined>;
  /** Why it failed, in the service's words; absent unless it did. */
  declare readonly error: pulumi.Output<string | undefined>;

  /**
   * Declares a file.
   *
   * @throws TypeError if an argument holds a value that state cannot hold, naming its path.
   */
  constructor(name: string, args: ChromaSyncFileArgs, options?: pulumi.CustomResourceOptions) {
    const plain = { ...args, file: fileInput(args.file) };
    super(...declaration("file", name, plain, options, { outputs: OUTPUTS }));
    // The same value, and known at the preview of an update.
    this.invocationId = this.id;
    witness(this, this.id);
  }

  /**
   * Looks up an upload that exists, without managing it.
   *
   * @example
   * ```ts
   * import { ChromaSyncFile } from "pulumi-chroma-sync";
   *
   * const seen = ChromaSyncFile.get("seen", "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6b");
   * export const status = seen.status;
   * ```
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ChromaSyncFile {
    return new ChromaSyncFile(name, {} as ChromaSyncFileArgs, { ...options, id });
  }
}

const OUTPUTS = [
  "databaseName",
  "collectionName",
  "filename",
  "contentHash",
  "invocationId",
  "status",
  "createdAt",
  "finishedAt",
  "durationMs",
  "error",
];
