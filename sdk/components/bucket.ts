import * as pulumi from "@pulumi/pulumi";
import { mistake } from "../../src/model/mistake.js";
import type { BatchCounts, ChromaSyncInvocationBatchArgs } from "../batch.js";
import { ChromaSyncInvocationBatch } from "../batch.js";
import { ChromaSyncSource } from "../source.js";
import type { S3SourceArgs } from "../source-args.js";

/** Inputs of {@link ChromaSyncedBucket}: a source to declare, or the id of one that exists, and what a batch takes. */
export type ChromaSyncedBucketArgs = Omit<ChromaSyncInvocationBatchArgs, "sourceId"> &
  (
    | {
        /** The source to declare; without it `sourceId` is required. */
        source: S3SourceArgs;
        sourceId?: never;
      }
    | {
        /** UUID of an S3 source that exists; without it `source` is required. */
        sourceId: pulumi.Input<string>;
        source?: never;
      }
  );

/**
 * An S3 bucket and the objects of it that are synced: those that are new or changed at each update.
 *
 * @example
 * ```ts
 * import { ChromaSyncedBucket, objectsFromFolder } from "pulumi-chroma-sync";
 *
 * const docs = new ChromaSyncedBucket("docs", {
 *   source: {
 *     databaseName: "production",
 *     s3: { bucketName: "acme-docs", region: "us-east-1", collectionName: "docs", awsCredentialId: 42 },
 *   },
 *   objects: objectsFromFolder("./docs"),
 * });
 * export const counts = docs.counts;
 * ```
 */
export class ChromaSyncedBucket extends pulumi.ComponentResource {
  /** The collection that the objects are written to. */
  readonly collectionName: pulumi.Output<string | undefined>;
  /** How many objects are in which state. */
  readonly counts: pulumi.Output<BatchCounts>;
  /** UUID of the source. */
  readonly sourceId: pulumi.Output<string>;
  /** The source, if the component declares it. */
  readonly source: ChromaSyncSource | undefined;
  /** The syncs. */
  readonly batch: ChromaSyncInvocationBatch;

  constructor(name: string, args: ChromaSyncedBucketArgs, options?: pulumi.ComponentResourceOptions) {
    super("chroma-sync:index:ChromaSyncedBucket", name, {}, options);
    const { source, sourceId, ...batch } = args;
    if ((source === undefined) === (sourceId === undefined))
      throw mistake(`ChromaSyncedBucket "${name}" requires either source or sourceId.`);
    if (source) this.source = new ChromaSyncSource(name, source, { parent: this });
    this.sourceId = this.source ? this.source.sourceId : pulumi.output(sourceId!);
    this.batch = new ChromaSyncInvocationBatch(name, { ...batch, sourceId: this.sourceId }, { parent: this });
    this.collectionName = this.batch.collectionName;
    this.counts = this.batch.counts;
    this.registerOutputs({ collectionName: this.collectionName, sourceId: this.sourceId });
  }
}
