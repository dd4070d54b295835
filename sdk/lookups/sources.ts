import type * as pulumi from "@pulumi/pulumi";
import type { Inputs } from "../inputs.js";
import type { Chunking, Embedding, GitHubSource, S3Location, WebSource } from "../source-args.js";
import { lookup, lookupOutput } from "./ask.js";
import type { LookupOptions } from "./options.js";

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
