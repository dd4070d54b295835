import * as pulumi from "@pulumi/pulumi";
import { chunkIdPrefix } from "../src/model/chunk-id-prefix.js";
import { declaration } from "./dynamic/declaration.js";
import { witness } from "./dynamic/witness.js";
import type { ChromaSyncInvocationArgs, InvocationStatus, MetadataValue } from "./invocation-args.js";

/**
 * One sync of a source into a collection: `POST /api/v1/sources/{source_id}/invocations`. An invocation
 * never changes: if what it syncs changes, a new one replaces it. Deleting it cancels it while it is
 * pending, and never touches data that was written.
 *
 * @example
 * ```ts
 * import { ChromaSyncInvocation } from "pulumi-chroma-sync";
 *
 * const docs = new ChromaSyncInvocation("docs", {
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   refIdentifier: { branch: "main" },
 *   targetCollectionName: "docs-main",
 * });
 * export const invocationId = docs.invocationId;
 * ```
 */
export class ChromaSyncInvocation extends pulumi.CustomResource {
  /** UUID of the source. */
  declare readonly sourceId: pulumi.Output<string>;
  /** Collection asked for, absent if the source's own is used. */
  declare readonly targetCollectionName: pulumi.Output<string | undefined>;
  /** Commit or branch asked for. */
  declare readonly refIdentifier: pulumi.Output<{ sha: string } | { branch: string } | undefined>;
  /** Key of the object. */
  declare readonly objectKey: pulumi.Output<string | undefined>;
  /** Prefix of chunk ids that was asked for. */
  declare readonly customId: pulumi.Output<string | undefined>;
  /** Metadata added to every chunk. */
  declare readonly metadata: pulumi.Output<Record<string, MetadataValue> | undefined>;
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
  /** The collection that the sync writes to. */
  declare readonly collectionName: pulumi.Output<string | undefined>;
  /** Whether the invocation existed before this resource; absent if it was not. */
  declare readonly adopted: pulumi.Output<boolean | undefined>;
  /** Chunk ids are `prefix-{chunk}`: the custom id, or the hex SHA-256 of the object key. Absent for GitHub and web. */
  declare readonly chunkIdPrefix: pulumi.Output<string | undefined>;

  /**
   * Declares a sync.
   *
   * @throws TypeError if an argument holds a value that state cannot hold, naming its path.
   */
  constructor(name: string, args: ChromaSyncInvocationArgs, options?: pulumi.CustomResourceOptions) {
    super(...declaration("invocation", name, args, options, { outputs: OUTPUTS }));
    // At the preview of an update the host makes every output unknown but the id, which is the same
    // value: without this a dependent would preview as replaced.
    this.invocationId = this.id;
    witness(this, this.id);
    const given = options?.id === undefined ? args : undefined;
    this.collectionName = held(this.collectionName, given?.targetCollectionName);
    this.chunkIdPrefix = held(
      prefixOf(this.objectKey, this.customId),
      given && prefixOf(given.objectKey, given.customId),
    );
  }

  /**
   * Looks up an invocation that exists, without managing it.
   *
   * @example
   * ```ts
   * const seen = ChromaSyncInvocation.get("seen", "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6b");
   * export const status = seen.status;
   * ```
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ChromaSyncInvocation {
    return new ChromaSyncInvocation(name, {} as ChromaSyncInvocationArgs, { ...options, id });
  }
}

/** Outputs that no argument names; the engine resolves only names that it was given. */
const OUTPUTS = [
  "sourceId",
  "targetCollectionName",
  "refIdentifier",
  "objectKey",
  "customId",
  "metadata",
  "invocationId",
  "status",
  "createdAt",
  "finishedAt",
  "durationMs",
  "error",
  "collectionName",
  "adopted",
];

function prefixOf(
  objectKey: ChromaSyncInvocationArgs["objectKey"],
  customId: ChromaSyncInvocationArgs["customId"],
): pulumi.Output<string | undefined> {
  return pulumi.all([objectKey, customId]).apply(([key, custom]) => chunkIdPrefix(key, custom));
}

/**
 * What state holds; at a preview before the update that sets it, what the program says. Only then, since
 * with --target, --exclude and ignoreChanges state is not what the program says.
 */
function held<T>(state: pulumi.Output<T>, said: pulumi.Input<T> | undefined): pulumi.Output<T> {
  if (!pulumi.runtime.isDryRun() || said === undefined) return state;
  const { isKnown } = state as unknown as { isKnown: Promise<boolean> };
  return pulumi.output(isKnown.then((known): unknown => (known ? state : said))) as pulumi.Output<T>;
}
