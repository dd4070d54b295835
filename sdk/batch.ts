import * as pulumi from "@pulumi/pulumi";
import type { BatchEntry, BatchRecord } from "../src/model/batch-encoding.js";
import { decodeBatchEntries, decodeBatchRecords } from "../src/model/batch-encoding.js";
import { crossing } from "./dynamic/crossing.js";
import { declaration } from "./dynamic/declaration.js";
import { witness } from "./dynamic/witness.js";
import type { MetadataValue, WaitOptions } from "./invocation-args.js";

/** One S3 object of a {@link ChromaSyncInvocationBatch}. */
export interface BatchObject {
  /** Full key of the object (`object_key`), with the source's path prefix; once in a list. */
  objectKey: pulumi.Input<string>;
  /** Prefix of chunk ids instead of the hash of the key (`custom_id`), at most 120 bytes; once in a list. */
  customId?: pulumi.Input<string | undefined>;
  /** Metadata for this object's chunks (`metadata`), over the batch's. */
  metadata?: pulumi.Input<Record<string, pulumi.Input<MetadataValue>> | undefined>;
  /** Anything that tells one content from another, such as an ETag or a hash: a change of it syncs the object again. */
  version?: pulumi.Input<string | undefined>;
}

/** Inputs of {@link ChromaSyncInvocationBatch}. */
export interface ChromaSyncInvocationBatchArgs {
  /** UUID of the S3 source (path parameter `source_id`). Another one replaces the batch. */
  sourceId: pulumi.Input<string>;
  /** Collection to write to, by default the source's own. Another one replaces the batch. */
  targetCollectionName?: pulumi.Input<string | undefined>;
  /** The objects. One that is new or changed is synced, one that is gone is treated as `onRemoved` says. */
  objects: pulumi.Input<BatchObject[]>;
  /** Metadata for the chunks of all objects; a change of it syncs all of them again. */
  metadata?: pulumi.Input<Record<string, pulumi.Input<MetadataValue>> | undefined>;
  /**
   * Values whose change syncs all objects again: a list, in which order counts, or a map of names. Adding the input
   * or a name, or removing either, syncs none.
   */
  // biome-ignore lint/suspicious/noExplicitAny: any value that state can hold may trigger.
  triggers?: pulumi.Input<any[] | Record<string, any> | undefined>;
  /** When to sync: `change` (default) what is new or changed, `up` all objects in every `pulumi up`. */
  runOn?: pulumi.Input<"change" | "up" | undefined>;
  /** Requests under way at once, 1 to 64. Default 32. */
  concurrency?: pulumi.Input<number | undefined>;
  /** Whether the update waits until every sync is complete, and fails if one fails. Default false. */
  waitForCompletion?: pulumi.Input<boolean | WaitOptions | undefined>;
  /** What happens to an object that is gone from the list: `forget` (default), or `cancel` it while it is pending. */
  onRemoved?: pulumi.Input<"forget" | "cancel" | undefined>;
  /** Whether the other objects are started after one was refused. Default true; a refused key ends the run anyway. */
  continueOnError?: pulumi.Input<boolean | undefined>;
  /** Whether deleting the batch cancels what is still pending. Default true. */
  cancelOnDelete?: pulumi.Input<boolean | undefined>;
  /** Marks each invocation with a digest of its declaration, so that a run that was killed on another disk is found. Default false. */
  provenance?: pulumi.Input<boolean | undefined>;
  /** Whether the next update syncs again what is recorded as failed or cancelled. Default false. */
  retryFailed?: pulumi.Input<boolean | undefined>;
}

/** How many objects of a batch are in which state. */
export interface BatchCounts {
  /** All that were started. */
  total: number;
  /** Accepted by the service, and not begun. */
  pending: number;
  /** Under way. */
  processing: number;
  /** Completed. */
  complete: number;
  /** Failed. */
  failed: number;
  /** Cancelled while pending. */
  cancelled: number;
}

/**
 * Syncs of many S3 objects as one resource: as fast as the service accepts them; with one
 * resource for each object the engine would take a second for ten. Every promise of a single invocation holds for each object.
 *
 * @example
 * ```ts
 * import { ChromaSyncInvocationBatch } from "pulumi-chroma-sync";
 *
 * const docs = new ChromaSyncInvocationBatch("docs", {
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   objects: [
 *     { objectKey: "docs/a.md", version: "1" },
 *     { objectKey: "docs/b.md", version: "1" },
 *   ],
 * });
 * export const counts = docs.counts;
 * ```
 */
export class ChromaSyncInvocationBatch extends pulumi.CustomResource {
  /** UUID of the source. */
  declare readonly sourceId: pulumi.Output<string>;
  /** The collection that the syncs write to. */
  declare readonly collectionName: pulumi.Output<string | undefined>;
  /** What state holds of each object, as text: {@link decodeBatchRecords} reads it. */
  declare readonly records: pulumi.Output<string>;
  /** How many objects are in which state. */
  declare readonly counts: pulumi.Output<BatchCounts>;
  /** Why, in the service's words, for each object key whose sync failed. */
  declare readonly failures: pulumi.Output<Record<string, string>>;

  /**
   * Declares the syncs.
   *
   * @throws TypeError if an argument holds a value that state cannot hold, naming its path.
   */
  constructor(name: string, args: ChromaSyncInvocationBatchArgs, options?: pulumi.CustomResourceOptions) {
    const inputs = ({ objects, ...others }: ChromaSyncInvocationBatchArgs) => ({
      ...others,
      ...crossing(name, objects),
    });
    super(...declaration("batch", name, args, options, { outputs: OUTPUTS, inputs }));
    witness(this, (this as unknown as { run: pulumi.Output<string> }).run);
  }

  /** Id of the invocation of each object key. */
  get invocationIds(): pulumi.Output<Record<string, string>> {
    return this.records.apply((text) =>
      Object.fromEntries(
        decodeBatchRecords(text).map((record): [string, string] => [record.objectKey, record.invocationId]),
      ),
    );
  }

  /** Fails with a sentence: only the stack that declares a batch knows its objects. Read its outputs with a StackReference. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ChromaSyncInvocationBatch {
    return new ChromaSyncInvocationBatch(name, {} as ChromaSyncInvocationBatchArgs, { ...options, id });
  }
}

export type { BatchEntry, BatchRecord };
export { decodeBatchEntries, decodeBatchRecords };

const OUTPUTS = ["sourceId", "collectionName", "records", "counts", "failures", "run"];
