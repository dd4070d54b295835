import type * as pulumi from "@pulumi/pulumi";

/** A commit by its full id, or the latest commit of a branch. */
export type RefIdentifier =
  | {
      /** Full id of a commit, 40 or 64 hexadecimal digits. */
      sha: pulumi.Input<string>;
    }
  | {
      /** Name of a branch, whose latest commit is synced. */
      branch: pulumi.Input<string>;
    };

/** A value that chunk metadata can hold. */
export type MetadataValue = string | number | boolean | null | string[] | number[] | boolean[];

/** How long to wait for an invocation, and how often to look. */
export interface WaitOptions {
  /** Seconds after which the update fails; the invocation keeps running and the next update waits again. Default 1800. */
  timeoutSeconds?: pulumi.Input<number>;
  /** Seconds between two looks. Default: 0.5 s at first, growing to 10 s. */
  pollIntervalSeconds?: pulumi.Input<number>;
  /** What a timeout means: `fail` (default) fails the update, `warn` lets it succeed with the status last seen. */
  onTimeout?: pulumi.Input<"fail" | "warn">;
  /** What ends the wait: `complete` (default), or `started`, once the service processes the sync. */
  waitFor?: pulumi.Input<"complete" | "started">;
  /** What a failed or cancelled sync means: `fail` (default) fails the update, `warn` lets it succeed with a warning. */
  onFailure?: pulumi.Input<"fail" | "warn">;
}

/** Inputs of {@link ChromaSyncInvocation}. A change of anything that is sent, or of `triggers`, starts a new sync. */
export interface ChromaSyncInvocationArgs {
  /** UUID of the source to sync (path parameter `source_id`). */
  sourceId: pulumi.Input<string>;
  /**
   * Collection to write to (`target_collection_name`): required for GitHub and web sources; for S3 the
   * source's own collection by default. 3 to 128 bytes of letters, digits, `.`, `_` and `-`.
   */
  targetCollectionName?: pulumi.Input<string | undefined>;
  /** Commit or branch to sync (`ref_identifier`), GitHub sources only. Default: the default branch. */
  refIdentifier?: pulumi.Input<RefIdentifier | undefined>;
  /** Full key of the object to sync (`object_key`), with the source's path prefix. Required for S3, S3 only. */
  objectKey?: pulumi.Input<string | undefined>;
  /** Prefix of chunk ids instead of the hash of the key (`custom_id`), S3 only, at most 120 bytes. */
  customId?: pulumi.Input<string | undefined>;
  /** Metadata to add to every chunk (`metadata`), S3 only: scalars and lists of one type; null means absent. */
  metadata?: pulumi.Input<Record<string, pulumi.Input<MetadataValue>> | undefined>;
  /**
   * Values whose change starts a new sync of the same payload: a list, in which order counts, or a map of names.
   * Adding the input or a name, or removing either, starts none.
   */
  // biome-ignore lint/suspicious/noExplicitAny: any value that state can hold may trigger.
  triggers?: pulumi.Input<any[] | Record<string, any> | undefined>;
  /**
   * When to sync: `change` (default) when what is synced or a trigger changes, `up` in every `pulumi up`. A GitHub or
   * web source then needs a `targetCollectionName` that is another one each time.
   */
  runOn?: pulumi.Input<"change" | "up" | undefined>;
  /**
   * Hours after which a sync is too old, above 0 and up to 8760: the next `pulumi up` after that starts a new one. Counted
   * from the service's `finishedAt`. Default: no limit.
   */
  maxAgeHours?: pulumi.Input<number | undefined>;
  /** Whether the update waits until the sync is complete, and fails if it fails. Default false. */
  waitForCompletion?: pulumi.Input<boolean | WaitOptions | undefined>;
  /** Whether deleting the resource cancels an invocation that is still pending. Default true. */
  cancelOnDelete?: pulumi.Input<boolean | undefined>;
  /**
   * What to do about other syncs into the collection. When it already holds a finished one (409), `fail` (default)
   * lists the invocations that wrote it; `adopt` adopts the newest of the same ref, as a rollback needs, and
   * one under way that another machine started within a day. An adopted invocation is never cancelled. `cancel`
   * first cancels the source's pending syncs into the collection (of a bucket: those of the same object), whoever
   * started them, except those of this update; one that is processing already keeps running.
   */
  onConflict?: pulumi.Input<"fail" | "adopt" | "cancel" | undefined>;
  /**
   * Marks the invocation, and so each chunk, with a digest of this declaration (`metadata.pulumi_provenance`),
   * S3 only: a run that was killed on another disk is then found again. Default false.
   */
  provenance?: pulumi.Input<boolean | undefined>;
  /** Whether the next update starts a new sync if the recorded one failed or was cancelled. Default false. */
  retryFailed?: pulumi.Input<boolean | undefined>;
  /**
   * Id of an invocation to adopt instead of starting one; it must be what the other inputs describe.
   * It is never cancelled, and removing this input later changes nothing.
   */
  adoptInvocationId?: pulumi.Input<string | undefined>;
}

/** State of an invocation in the service. */
export type InvocationStatus = "pending" | "processing" | "complete" | "failed" | "cancelled";
