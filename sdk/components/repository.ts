import * as pulumi from "@pulumi/pulumi";
import type { WaitOptions } from "../invocation.js";
import { ChromaSyncInvocation } from "../invocation.js";
import { collectionNameFor } from "../refs/collection-name-for.js";
import { ChromaSyncSource } from "../source.js";
import type { GitHubSource, SourceSettings } from "../source-args.js";
import type { DeleteSuperseded } from "./synced-collection.js";
import { SyncedCollection } from "./synced-collection.js";

/** Inputs of {@link ChromaSyncedRepository}: a source to declare, or the id of one that exists. */
export type ChromaSyncedRepositoryArgs = {
  /** Full id of the commit to sync, of `gitCommit()` or `resolveBranch()` for instance. */
  commit: pulumi.Input<string>;
  /** What the names of the collections begin with, 1 to 63 letters, digits, `.`, `_` and `-`. Default: the component's name. */
  collectionPrefix?: string;
  /** Whether the `up` waits until the sync is complete. Default true: the collection's name is then that of a finished one. */
  waitForCompletion?: pulumi.Input<boolean | WaitOptions | undefined>;
  /** Whether the next `up` syncs again what failed. Default true. */
  retryFailed?: pulumi.Input<boolean | undefined>;
  /**
   * Whether the collection of the commit before is deleted, once this one is complete and all else in the
   * stack is up to date. Takes the npm package `chromadb` and waiting; a roll-back then syncs again.
   * Default false: collections of earlier commits stay.
   */
  deleteSuperseded?: boolean | DeleteSuperseded;
} & (
  | { source: SourceSettings & GitHubSource; sourceId?: never }
  | { sourceId: pulumi.Input<string>; source?: never }
);

/**
 * A GitHub repository at one commit, in a collection of its own. An application that reads `collectionName`
 * switches over once the sync is complete, and not at all where it fails. Back at an earlier commit, its
 * finished collection is taken over. Collections of earlier commits stay, unless `deleteSuperseded` is set.
 *
 * @example
 * ```ts
 * import { ChromaSyncedRepository, gitCommit } from "pulumi-chroma-sync";
 *
 * const code = new ChromaSyncedRepository("code", {
 *   source: { databaseName: "production", repository: "acme/app" },
 *   commit: gitCommit(),
 * });
 * export const collection = code.collectionName;
 * ```
 */
export class ChromaSyncedRepository extends pulumi.ComponentResource {
  /** The collection to read. Where waiting is on, it is known once the sync is complete. */
  readonly collectionName: pulumi.Output<string>;
  /** UUID of the source. */
  readonly sourceId: pulumi.Output<string>;
  /** The source, where the component declares it. */
  readonly source: ChromaSyncSource | undefined;
  /** The sync. */
  readonly invocation: ChromaSyncInvocation;

  constructor(name: string, args: ChromaSyncedRepositoryArgs, options?: pulumi.ComponentResourceOptions) {
    super("chroma-sync:index:ChromaSyncedRepository", name, {}, options);
    const {
      source,
      sourceId,
      commit,
      collectionPrefix = name,
      waitForCompletion = true,
      deleteSuperseded,
    } = args;
    if ((source === undefined) === (sourceId === undefined))
      throw new TypeError(`ChromaSyncedRepository ${name} takes source or sourceId, one of them.`);
    if (!commit)
      throw new TypeError(
        `ChromaSyncedRepository ${name} takes commit, the full id of the commit to sync: gitCommit() gives that of the checkout.`,
      );
    // Before the source is declared: a name that cannot be made must create nothing.
    const targetCollectionName = collectionNameFor(collectionPrefix, commit);
    if (source) {
      const { repository, appId, includeGlobs, ...shared } = source;
      this.source = new ChromaSyncSource(
        name,
        { ...shared, github: { repository, appId, includeGlobs } },
        { parent: this },
      );
    }
    this.sourceId = this.source ? this.source.sourceId : pulumi.output(sourceId!);
    this.invocation = new ChromaSyncInvocation(
      name,
      {
        sourceId: this.sourceId,
        refIdentifier: { sha: commit },
        targetCollectionName,
        waitForCompletion,
        retryFailed: args.retryFailed ?? true,
        onConflict: "adopt",
      },
      { parent: this },
    );
    this.collectionName = this.invocation.collectionName as pulumi.Output<string>;
    if (deleteSuperseded)
      new SyncedCollection(
        name,
        {
          collectionName: pulumi
            .all([this.collectionName, waitForCompletion])
            .apply(([collection, wait]) => finished(name, collection, wait)),
          sourceId: this.sourceId,
          ...(deleteSuperseded === true ? {} : deleteSuperseded),
        },
        { parent: this },
      );
    this.registerOutputs({ collectionName: this.collectionName, sourceId: this.sourceId });
  }
}

/** The collection, where the sync of it is certain to be complete once the sync's resource is. */
function finished(
  name: string,
  collection: string,
  wait: boolean | pulumi.Unwrap<WaitOptions> | undefined,
): string {
  if (wait === false || (typeof wait === "object" && wait.onTimeout === "warn"))
    throw new TypeError(
      `ChromaSyncedRepository ${name} cannot delete the collection before while the new one may be incomplete: ` +
        'leave waitForCompletion on, without onTimeout: "warn", or deleteSuperseded out.',
    );
  return collection;
}
