import type * as pulumi from "@pulumi/pulumi";

/** A GitHub repository (`github` of the API document). */
export interface GitHubSource {
  /** `owner/name`. After a rename of the repository its syncs fail, and a new source is needed. */
  repository: pulumi.Input<string>;
  /** Id of your own GitHub App that may read the repository. Default: a public one, or Chroma's App. */
  appId?: pulumi.Input<string | undefined>;
  /** Globs of the files to sync, each once; their order does not count. Default: all text files. */
  includeGlobs?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/** A part of an S3 bucket (`s3` of the API document), with how the service may read it. */
export type S3Source = S3Location & (InlineKeys | SavedCredential);

/** Where the objects are, and where their chunks go. */
export interface S3Location {
  /** Name of the bucket. */
  bucketName: pulumi.Input<string>;
  /** AWS region of the bucket, such as `us-east-1`. */
  region: pulumi.Input<string>;
  /** Collection that an invocation writes to unless it names another. */
  collectionName: pulumi.Input<string>;
  /** Start of every key that may be synced, such as `tenant-a/`. Default: the whole bucket. */
  pathPrefix?: pulumi.Input<string | undefined>;
  /** Syncs started by S3 events, which Chroma's support has to set up. Default `none`. */
  autoSync?: pulumi.Input<"none" | "direct" | "metadata" | undefined>;
}

/** AWS keys that are kept in Chroma's dashboard: what can be rotated without a new source. */
export interface SavedCredential {
  /** Id of the credential in the dashboard. */
  awsCredentialId: pulumi.Input<number>;
  awsAccessKeyId?: undefined;
  awsSecretAccessKey?: undefined;
}

/** AWS keys that are sent with the source; secret in state whatever they are passed as. */
export interface InlineKeys {
  /** Access key id of an IAM user with s3:GetObject, and s3:ListBucket if there is a prefix. */
  awsAccessKeyId: pulumi.Input<string>;
  /** Its secret. A change of the keys alone is a warning, unless `rotateCredentials` is set. */
  awsSecretAccessKey: pulumi.Input<string>;
  awsCredentialId?: undefined;
}

/** A web site (`web_scrape` of the API document). Every page that is read is billed. */
export interface WebSource {
  /** Where to begin: an http or https URL. */
  startingUrl: pulumi.Input<string>;
  /** How many links deep: 0 is the first page alone. Default: without a limit. */
  maxDepth?: pulumi.Input<number | undefined>;
  /** Pages to read at most. Default: the service's own limit. */
  pageLimit?: pulumi.Input<number | undefined>;
  /** Regular expressions of paths to read, such as `/docs/.*`. Default: all. */
  includePathRegexes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** Regular expressions of paths to exclude. Default: none. */
  excludePathRegexes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/** How chunks become vectors. */
export interface Embedding {
  /** The dense vector. Default: the service's. */
  dense?: {
    /** Name of the model. */
    model: pulumi.Input<"Qwen/Qwen3-Embedding-0.6B">;
    /** What the vectors are for; a query has to name the same. */
    task?: {
      /** Such as `nl_to_code`. */
      taskName: pulumi.Input<string>;
      /** Text before every document. */
      documentPrompt?: pulumi.Input<string | undefined>;
      /** Text before every query. */
      queryPrompt?: pulumi.Input<string | undefined>;
    };
  };
  /** A sparse vector beside it. Default: none. */
  sparse?: {
    /** Name of the model. */
    model: pulumi.Input<"Chroma/BM25" | "prithivida/Splade_PP_en_v1">;
    /** Metadata key that holds it. */
    key?: pulumi.Input<string | undefined>;
  };
}

/** How a document is cut: along its syntax, or after so many lines. Sizes are in bytes, at most 16,384. */
export type Chunking =
  | {
      /** `tree_sitter` cuts along the syntax, `lines` after so many lines. */
      type: "tree_sitter";
      /** Bytes of a chunk at most. */
      maxSizeBytes?: pulumi.Input<number | undefined>;
      maxLines?: undefined;
    }
  | {
      type: "lines";
      /** Lines of a chunk at most. */
      maxLines?: pulumi.Input<number | undefined>;
      maxSizeBytes?: pulumi.Input<number | undefined>;
    };

/** Inputs of every source. */
export interface SourceSettings {
  /** Chroma Cloud database that the collections are in (`database_name`); it must exist. */
  databaseName: pulumi.Input<string>;
  /** How chunks become vectors. Default: the service's. */
  embedding?: Embedding;
  /** How documents are cut. Default: the service's. */
  chunking?: Chunking;
  /**
   * What to do when the service already has this source: `fail` (default) names it; `adopt` adopts it if it
   * is equal, and never deletes it.
   */
  onConflict?: pulumi.Input<"fail" | "adopt" | undefined>;
}

/** Inputs of a GitHub source. */
export interface GitHubSourceArgs extends SourceSettings {
  /** The repository. */
  github: GitHubSource;
  s3?: undefined;
  webScrape?: undefined;
  rotateCredentials?: undefined;
}

/** Inputs of an S3 source. */
export interface S3SourceArgs extends SourceSettings {
  /** The bucket. */
  s3: S3Source;
  github?: undefined;
  webScrape?: undefined;
  /** Whether other inline keys replace the source, and so run its syncs again. Default false: a warning. */
  rotateCredentials?: pulumi.Input<boolean | undefined>;
}

/** Inputs of a web source. */
export interface WebSourceArgs extends SourceSettings {
  /** The site. */
  webScrape: WebSource;
  github?: undefined;
  s3?: undefined;
  rotateCredentials?: undefined;
}

/** Inputs of {@link ChromaSyncSource}: of exactly one kind. */
export type ChromaSyncSourceArgs = GitHubSourceArgs | S3SourceArgs | WebSourceArgs;
