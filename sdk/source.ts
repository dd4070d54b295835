import * as pulumi from "@pulumi/pulumi";
import { declaration } from "./dynamic/declaration.js";
import { witness } from "./dynamic/witness.js";
import type { ChromaSyncSourceArgs, S3Source } from "./source-args.js";

/** What a source says of itself, with no keys. */
type Shown<T> = { [Name in keyof T]: pulumi.Unwrap<T[Name]> };
type ShownS3 = Omit<Shown<S3Source>, "awsAccessKeyId" | "awsSecretAccessKey">;
type Kind<Name extends "github" | "webScrape"> = Shown<NonNullable<ChromaSyncSourceArgs[Name]>>;

/**
 * Something that can be synced: a GitHub repository, a part of an S3 bucket, or a web site
 * (`POST /api/v1/sources`). To create one syncs nothing: {@link ChromaSyncInvocation} does.
 *
 * A source never changes: another replaces it if any input but `onConflict` and
 * `rotateCredentials` changes, and every sync of it runs again. The old one is deleted first where the
 * service would refuse the new one beside it. Deleting cancels no invocation and no data. Creating and
 * deleting take a key of an owner or admin of the team.
 *
 * @example
 * ```ts
 * import { ChromaSyncInvocation, ChromaSyncSource, collectionNameFor, gitCommit } from "pulumi-chroma-sync";
 *
 * const source = new ChromaSyncSource("docs", {
 *   databaseName: "production",
 *   github: { repository: "acme/docs", includeGlobs: ["docs/**"] },
 *   chunking: { type: "lines", maxLines: 60 },
 * });
 * const sha = gitCommit();
 * new ChromaSyncInvocation("docs", {
 *   sourceId: source.sourceId,
 *   refIdentifier: { sha },
 *   targetCollectionName: collectionNameFor("docs", sha),
 * });
 * ```
 */
export class ChromaSyncSource extends pulumi.CustomResource {
  /** Id of the source, which is also the resource's id. */
  declare readonly sourceId: pulumi.Output<string>;
  /** Database that its collections are in. */
  declare readonly databaseName: pulumi.Output<string>;
  /** The repository, of a GitHub source. */
  declare readonly github: pulumi.Output<Kind<"github"> | undefined>;
  /** The bucket, of an S3 source; without keys. */
  declare readonly s3: pulumi.Output<ShownS3 | undefined>;
  /** The site, of a web source. */
  declare readonly webScrape: pulumi.Output<Kind<"webScrape"> | undefined>;
  /** When it was created (ISO 8601); absent until read from the service. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /** The credential of an S3 source, also the one that the service made of inline keys. */
  declare readonly awsCredentialId: pulumi.Output<number | undefined>;
  /** Whether it existed before this resource; absent if it was not. */
  declare readonly adopted: pulumi.Output<boolean | undefined>;

  /**
   * Declares a source.
   *
   * @throws TypeError if an argument holds a value that state cannot hold, naming its path.
   */
  constructor(name: string, args: ChromaSyncSourceArgs, options?: pulumi.CustomResourceOptions) {
    const inputs = (plain: ChromaSyncSourceArgs) =>
      plain.s3 === undefined ? plain : { ...plain, s3: withSecretKeys(plain.s3) };
    super(...declaration("source", name, args, options, { outputs: OUTPUTS, inputs }));
    // At the preview of an update the host makes every output unknown but the id, which is the same
    // value: without this every sync of the source would preview as replaced.
    this.sourceId = this.id;
    witness(this, this.id);
  }

  /**
   * Looks up a source that exists, without managing it.
   *
   * @example
   * ```ts
   * const shared = ChromaSyncSource.get("shared", "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a");
   * export const repository = shared.github.apply((github) => github?.repository);
   * ```
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ChromaSyncSource {
    return new ChromaSyncSource(name, {} as ChromaSyncSourceArgs, { ...options, id });
  }
}

/** Outputs that no argument names; the engine resolves only names that it was given. */
const OUTPUTS = [
  "sourceId",
  "databaseName",
  "github",
  "s3",
  "webScrape",
  "createdAt",
  "awsCredentialId",
  "adopted",
];

/** The keys are secrets whatever the caller passes. Where the whole is an Output, all of it becomes one. */
function withSecretKeys(s3: S3Source): unknown {
  if (pulumi.Output.isInstance(s3) || s3 instanceof Promise) return pulumi.secret(s3);
  if (typeof s3 !== "object" || s3 === null) return s3;
  const { awsAccessKeyId, awsSecretAccessKey } = s3;
  return {
    ...s3,
    ...(awsAccessKeyId === undefined ? {} : { awsAccessKeyId: pulumi.secret(awsAccessKeyId) }),
    ...(awsSecretAccessKey === undefined ? {} : { awsSecretAccessKey: pulumi.secret(awsSecretAccessKey) }),
  };
}
