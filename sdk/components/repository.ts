import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { mistake, sentence } from "../../src/model/mistake.js";
import { ChromaSyncInvocation } from "../invocation.js";
import type { WaitOptions } from "../invocation-args.js";
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
   * for the source, with `deleteSuperseded` for the stack too, and the commit follow. Default: the component's name.
   */
  collectionPrefix?: string;
  /** Whether the update waits until the sync is complete. Default true: the collection's name is then that of a finished one. */
  waitForCompletion?: pulumi.Input<boolean | WaitOptions | undefined>;
  /** Whether the next update syncs again what failed. Default true. */
  retryFailed?: pulumi.Input<boolean | undefined>;
  /**
   * Whether the collection of the previous commit is deleted, once this one is complete and everything else in the
   * stack is up to date. Requires the npm package `chromadb` and waiting; a rollback then syncs again. What
   * reads its name in this stack is waited for, but with `--target` not seen; what reads it elsewhere is not
   * known. Default false: collections of earlier commits stay.
   */
  deleteSuperseded?: boolean | DeleteSuperseded;
} & (
  | {
      /** The source to declare; without it `sourceId` is required. */
      source: SourceSettings & GitHubSource;
      sourceId?: never;
    }
  | {
      /** UUID of a GitHub source that exists; without it `source` is required. */
      sourceId: pulumi.Input<string>;
      source?: never;
    }
);

/**
 * A GitHub repository at one commit, in a collection of its own. An application that reads `collectionName`
 * switches over once the sync is complete, and not at all if it fails. Back at an earlier commit, its
 * finished collection is adopted. Collections of earlier commits stay, unless `deleteSuperseded` is set.
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
  /** The source, if the component declares it. */
  readonly source: ChromaSyncSource | undefined;
  /** The sync. */
  readonly invocation: ChromaSyncInvocation;

  constructor(name: string, args: ChromaSyncedRepositoryArgs, options?: pulumi.ComponentResourceOptions) {
    super("chroma-sync:index:ChromaSyncedRepository", name, {}, options);
    const { source, sourceId, commit, deleteSuperseded, collectionPrefix = name } = args;
    if ((source === undefined) === (sourceId === undefined))
      throw mistake(`ChromaSyncedRepository "${name}" requires either source or sourceId.`);
    if (!commit)
      throw mistake(
        `ChromaSyncedRepository "${name}" requires commit, the full id of the commit to sync: gitCommit() returns that of the checkout.`,
      );
    if (deleteSuperseded) requireWaiting(name, args.waitForCompletion);
    // Before the source is declared: a name that cannot be made must create nothing.
    const nameFor = (id: string) =>
      collectionNameFor(`${collectionPrefix}-${digest(id, Boolean(deleteSuperseded))}`, commit);
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
        // Another source, of other globs or after a destroy, cannot write into a collection that this one has finished.
        targetCollectionName: this.sourceId.apply(nameFor),
        waitForCompletion: pulumi.output(args.waitForCompletion).apply((wait) => wait ?? true),
        retryFailed: args.retryFailed ?? true,
        onConflict: "adopt",
      },
      { parent: this },
    );
    this.collectionName = this.invocation.collectionName as pulumi.Output<string>;
    if (deleteSuperseded) {
      const kept = new SyncedCollection(
        name,
        {
          collectionName: pulumi
            .all([this.collectionName, this.invocation.status])
            .apply(([collection, status]) => complete(name, collection, status)),
          // Not the source if it is declared here: what is deleted before it is replaced takes along what names it.
          ...(source ? { databaseName: source.databaseName } : { sourceId: this.sourceId }),
          ...(deleteSuperseded === true ? {} : deleteSuperseded),
        },
        { parent: this },
      );
      // Whoever reads the name depends on it, so that the previous one stays while one of them is excluded from an update.
      this.collectionName = pulumi.all([this.collectionName, kept.urn]).apply(([collection]) => collection);
    }
    this.registerOutputs({ collectionName: this.collectionName, sourceId: this.sourceId });
  }
}

/**
 * Stands for a source in a name; if collections are deleted, for the stack as well, since two stacks that
 * share a source must not share what one of them deletes.
 */
function digest(sourceId: string, deletes: boolean): string {
  const stack = deletes ? [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()] : [];
  const text = [sourceId.toLowerCase(), ...stack].join("\n");
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** Refuses at preview, if it is known, what {@link complete} would refuse at the end. */
function requireWaiting(name: string, wait: ChromaSyncedRepositoryArgs["waitForCompletion"]): void {
  const warnsOnly = typeof wait === "object" && "onTimeout" in wait && wait.onTimeout === "warn";
  if (wait === false || warnsOnly)
    throw mistake(
      `ChromaSyncedRepository "${name}" cannot delete the previous collection while the new one may be incomplete: ` +
        'keep waitForCompletion on, without onTimeout: "warn", or remove deleteSuperseded.',
    );
}

/** The collection, if its sync is complete: only then may it replace another. */
function complete(name: string, collection: string, status: string): string {
  if (status === "complete") return collection;
  throw sentence(
    new pulumi.RunError(
      `ChromaSyncedRepository "${name}" keeps the previous collection because the sync into ${collection} is ${status}: ` +
        "run `pulumi up` without excluding that sync, with waitForCompletion on.",
    ),
  );
}
