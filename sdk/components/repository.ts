import { createHash } from "node:crypto";
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
  /**
   * What the names of the collections begin with, 1 to 54 letters, digits, `.`, `_` and `-`; 8 digits that stand
   * for the source and the commit follow. Default: the component's name, with `deleteSuperseded` that of the stack too.
   */
  collectionPrefix?: string;
  /** Whether the `up` waits until the sync is complete. Default true: the collection's name is then that of a finished one. */
  waitForCompletion?: pulumi.Input<boolean | WaitOptions | undefined>;
  /** Whether the next `up` syncs again what failed. Default true. */
  retryFailed?: pulumi.Input<boolean | undefined>;
  /**
   * Whether the collection of the commit before is deleted, once this one is complete and all else in the
   * stack is up to date. Takes the npm package `chromadb` and waiting; a roll-back then syncs again. One that
   * was adopted is not deleted. Only this component may use collections with its prefix: what other stacks
   * read is not known here. Default false: collections of earlier commits stay.
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
      waitForCompletion = true,
      deleteSuperseded,
      // Two stacks that share a source do not share what one of them deletes.
      collectionPrefix = deleteSuperseded ? `${name}-${pulumi.getStack()}` : name,
    } = args;
    if ((source === undefined) === (sourceId === undefined))
      throw new TypeError(`ChromaSyncedRepository ${name} takes source or sourceId, one of them.`);
    if (!commit)
      throw new TypeError(
        `ChromaSyncedRepository ${name} takes commit, the full id of the commit to sync: gitCommit() gives that of the checkout.`,
      );
    // Before the source is declared: a name that cannot be made must create nothing.
    const nameFor = (id: string) => collectionNameFor(`${collectionPrefix}-${digest(id)}`, commit);
    nameFor("");
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
        // Another source, of other globs or after a destroy, cannot write where this one has finished.
        targetCollectionName: this.sourceId.apply(nameFor),
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
          // Not the source where it is declared here: what is deleted before it is replaced takes along what names it.
          ...(source ? { databaseName: source.databaseName } : { sourceId: this.sourceId }),
          adopted: this.invocation.adopted,
          ...(deleteSuperseded === true ? {} : deleteSuperseded),
        },
        { parent: this },
      );
    this.registerOutputs({ collectionName: this.collectionName, sourceId: this.sourceId });
  }
}

/** Stands for a source in a name. */
function digest(sourceId: string): string {
  return createHash("sha256").update(sourceId.toLowerCase()).digest("hex").slice(0, 8);
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
