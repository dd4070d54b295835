import type * as pulumi from "@pulumi/pulumi";
import type { Inputs } from "../inputs.js";
import type { InvocationStatus, MetadataValue } from "../invocation.js";
import type { Chunking, Embedding, GitHubSource, S3Location, WebSource } from "../source-args.js";
import { lookup, lookupOutput } from "./ask.js";
import type { LookupOptions } from "./options.js";

export type { LookupOptions };

// Declared here, since the declarations of what asks name those of zod, which old compilers cannot read.
/** A source by its id, or by what it syncs: a repository, a bucket, or the first page of a site. */
export type GetSourceArgs =
  | {
      /** Id of the source; then nothing else is given. */
      id: string;
    }
  | {
      /** Repository of the source, `owner/name`. */
      repository: string;
      /** Id of its GitHub App, if several sources are of the repository. */
      appId?: string;
      /** Database of the source, if several databases have such a source. */
      databaseName?: string;
    }
  | {
      /** Bucket of the source. */
      bucketName: string;
      /** Its path prefix, if several sources are of the bucket. */
      pathPrefix?: string;
      databaseName?: string;
    }
  | {
      /** First page of the site. */
      startingUrl: string;
      databaseName?: string;
    };

/** What the service says of a source; keys are never among it. */
export interface SourceDetails {
  /** Id of the source, for `sourceId`. */
  id: string;
  /** Database that its collections are in. */
  databaseName: string;
  /** Its kind, and the property that tells more of it. */
  sourceType: "github" | "s3" | "webScrape" | "fileUpload" | "unknown";
  /** When it was created (ISO 8601). */
  createdAt?: string;
  /** The repository, of a GitHub source. */
  github?: pulumi.Unwrap<GitHubSource>;
  /** The bucket, of an S3 source. */
  s3?: pulumi.Unwrap<S3Location> & {
    /** Id of the credential that reads it. */
    awsCredentialId?: number;
  };
  /** The site, of a web source. */
  webScrape?: pulumi.Unwrap<WebSource>;
  /** How its chunks become vectors. */
  embedding?: pulumi.Unwrap<Embedding>;
  /** How its documents are cut. */
  chunking?: pulumi.Unwrap<Chunking>;
}

/**
 * The one source that the arguments describe (`GET /api/v1/sources`). Like every lookup it is asked once
 * per program, and at preview too.
 *
 * @throws Error if there is none, naming those of its kind, or if there are several, naming them.
 *
 * @example
 * ```ts
 * import { getSource } from "pulumi-chroma-sync";
 *
 * export const sourceId = getSource({ repository: "acme/docs" }).then((source) => source.id);
 * ```
 */
export function getSource(args: GetSourceArgs, options?: LookupOptions): Promise<SourceDetails> {
  return lookup({ getSource: args }, options, (lookups, client) =>
    lookups.getSource(client, args),
  ) as Promise<SourceDetails>;
}

/** {@link getSource} with arguments that may be Outputs. */
export function getSourceOutput(
  args: Inputs<GetSourceArgs>,
  options?: LookupOptions,
): pulumi.Output<SourceDetails> {
  return lookupOutput({ getSource: args }, options, (lookups, client, known) =>
    lookups.getSource(client, known.getSource),
  ) as pulumi.Output<SourceDetails>;
}

/** Which sources are listed. */
export interface ListSourcesArgs {
  /** Those of one database. Default: of all. */
  databaseName?: string;
  /** Those of one kind. Default: of all. */
  sourceType?: "github" | "s3" | "webScrape";
}

/**
 * Every source that the key may see (`GET /api/v1/sources`, all pages).
 *
 * @example
 * ```ts
 * import { listSources } from "pulumi-chroma-sync";
 *
 * export const buckets = listSources({ sourceType: "s3" }).then((all) => all.map(({ s3 }) => s3?.bucketName));
 * ```
 */
export function listSources(args: ListSourcesArgs = {}, options?: LookupOptions): Promise<SourceDetails[]> {
  return lookup({ listSources: args }, options, (lookups, client) =>
    lookups.listSources(client, args),
  ) as Promise<SourceDetails[]>;
}

/** {@link listSources} with arguments that may be Outputs. */
export function listSourcesOutput(
  args: Inputs<ListSourcesArgs> = {},
  options?: LookupOptions,
): pulumi.Output<SourceDetails[]> {
  return lookupOutput({ listSources: args }, options, (lookups, client, known) =>
    lookups.listSources(client, known.listSources),
  ) as pulumi.Output<SourceDetails[]>;
}

/** What the service says of an invocation. */
export interface InvocationDetails {
  /** Id of the invocation. */
  id: string;
  /** Id of its source. */
  sourceId?: string;
  /** Its state now. */
  status: InvocationStatus;
  /** When the service accepted it (ISO 8601). */
  createdAt: string;
  /** When it was complete (ISO 8601). */
  finishedAt?: string;
  /** How long it took, in milliseconds. */
  durationMs?: number;
  /** Why it failed, in the service's words. */
  error?: string;
  /** The collection that it writes to. */
  collectionName?: string;
  /** The commit or branch that was asked for, of a GitHub source. */
  refIdentifier?: {
    /** Id of the commit that was asked for. */
    sha?: string;
    /** Branch that was asked for. */
    branch?: string;
  };
  /** The object, of an S3 source. */
  objectKey?: string;
  /** Prefix of chunk ids that was asked for. */
  customId?: string;
  /** Metadata that was added to every chunk. */
  metadata?: Record<string, MetadataValue>;
}

/** Which invocation is looked up. */
export interface GetInvocationArgs {
  /** Id of the invocation. */
  id: string;
}

/**
 * One invocation (`GET /api/v1/invocations/{invocation_id}`).
 *
 * @throws Error if the service does not know it.
 *
 * @example
 * ```ts
 * import { getInvocation } from "pulumi-chroma-sync";
 *
 * export const status = getInvocation({ id: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6b" }).then((one) => one.status);
 * ```
 */
export function getInvocation(args: GetInvocationArgs, options?: LookupOptions): Promise<InvocationDetails> {
  return lookup({ getInvocation: args }, options, (lookups, client) =>
    lookups.getInvocation(client, args),
  ) as Promise<InvocationDetails>;
}

/** {@link getInvocation} with arguments that may be Outputs. */
export function getInvocationOutput(
  args: Inputs<GetInvocationArgs>,
  options?: LookupOptions,
): pulumi.Output<InvocationDetails> {
  return lookupOutput({ getInvocation: args }, options, (lookups, client, known) =>
    lookups.getInvocation(client, known.getInvocation),
  ) as pulumi.Output<InvocationDetails>;
}

/** Which invocations are listed. */
export interface ListInvocationsArgs {
  /** Those of one source. */
  sourceId?: string;
  /** Those of one database; not together with `sourceId`. */
  databaseName?: string;
  /** Those in one state. Default: in any. */
  status?: InvocationStatus;
  /** How many at most. Default 100. */
  limit?: number;
}

/**
 * Invocations, newest first (`GET /api/v1/invocations`).
 *
 * @example
 * ```ts
 * import { listInvocations } from "pulumi-chroma-sync";
 *
 * export const failed = listInvocations({ databaseName: "production", status: "failed", limit: 10 });
 * ```
 */
export function listInvocations(
  args: ListInvocationsArgs = {},
  options?: LookupOptions,
): Promise<InvocationDetails[]> {
  return lookup({ listInvocations: args }, options, (lookups, client) =>
    lookups.listInvocations(client, args),
  ) as Promise<InvocationDetails[]>;
}

/** {@link listInvocations} with arguments that may be Outputs. */
export function listInvocationsOutput(
  args: Inputs<ListInvocationsArgs> = {},
  options?: LookupOptions,
): pulumi.Output<InvocationDetails[]> {
  return lookupOutput({ listInvocations: args }, options, (lookups, client, known) =>
    lookups.listInvocations(client, known.listInvocations),
  ) as pulumi.Output<InvocationDetails[]>;
}

/** Which objects are asked after. */
export interface LatestInvocationsArgs {
  /** Id of an S3 source. */
  sourceId: string;
  /** Full object keys; each is asked after once. */
  objectKeys: string[];
}

/**
 * The newest invocation of each object key (`POST …/invocations/latest-by-keys`); keys that were never
 * synced are absent.
 *
 * @example
 * ```ts
 * import { latestInvocations } from "pulumi-chroma-sync";
 *
 * const latest = latestInvocations({
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   objectKeys: ["docs/a.md", "docs/b.md"],
 * });
 * export const statusOfA = latest.then((byKey) => byKey["docs/a.md"]?.status);
 * ```
 */
export function latestInvocations(
  args: LatestInvocationsArgs,
  options?: LookupOptions,
): Promise<Record<string, InvocationDetails>> {
  return lookup({ latestInvocations: args }, options, (lookups, client) =>
    lookups.latestInvocations(client, args),
  ) as Promise<Record<string, InvocationDetails>>;
}

/** {@link latestInvocations} with arguments that may be Outputs. */
export function latestInvocationsOutput(
  args: Inputs<LatestInvocationsArgs>,
  options?: LookupOptions,
): pulumi.Output<Record<string, InvocationDetails>> {
  return lookupOutput({ latestInvocations: args }, options, (lookups, client, known) =>
    lookups.latestInvocations(client, known.latestInvocations),
  ) as pulumi.Output<Record<string, InvocationDetails>>;
}
