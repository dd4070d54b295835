/** Dense embedding (`DenseEmbeddingModel`). */
export interface DenseEmbedding {
  model: "Qwen/Qwen3-Embedding-0.6B";
  /** `task`, with `task_name`, `query_prompt` and `document_prompt`. */
  task?: { taskName: string; queryPrompt?: string | null; documentPrompt?: string | null } | null;
}

/** Sparse embedding (`SparseEmbeddingConfig`). */
export interface SparseEmbedding {
  /** Metadata key of the sparse vector. */
  key?: string;
  model?: "Chroma/BM25" | "prithivida/Splade_PP_en_v1";
}

/** How documents are embedded (`SourceEmbeddingConfig`). */
export interface Embedding {
  dense?: DenseEmbedding;
  sparse?: SparseEmbedding | null;
}

/** How documents are split (`SourceChunkingConfig`). Sizes are in bytes: `max_size_bytes`, `max_lines`. */
export type Chunking =
  | { type: "tree_sitter"; maxSizeBytes?: number }
  | { type: "lines"; maxLines?: number; maxSizeBytes?: number };

/** A GitHub repository (`github`). */
export interface GithubSource {
  /** `owner/name`. */
  repository: string;
  /** `app_id`: your own GitHub App that may read the repository. */
  appId?: string | null;
  /** `include_globs`. */
  includeGlobs?: string[] | null;
}

/** What the service returns for an S3 bucket (`s3`). */
export interface S3Location {
  /** `bucket_name`. */
  bucketName: string;
  region: string;
  /** `collection_name`: where an invocation writes unless it names another. */
  collectionName: string;
  /** `path_prefix` of every key. */
  pathPrefix?: string | null;
  /** `auto_sync`. */
  autoSync?: "none" | "direct" | "metadata" | null;
  /** `aws_credential_id`: credentials that are saved in the dashboard. */
  awsCredentialId?: number | null;
}

/** An S3 bucket with how the service may read it: saved credentials, or inline keys. */
export type S3Source = S3Location &
  (
    | { awsAccessKeyId?: never; awsSecretAccessKey?: never }
    | {
        awsCredentialId?: never;
        /** `aws_access_key_id`. */
        awsAccessKeyId: string;
        /** `aws_secret_access_key`. */
        awsSecretAccessKey: string;
      }
  );

/** A web site (`web_scrape`). */
export interface WebSource {
  /** `starting_url`. */
  startingUrl: string;
  /** `max_depth`: 0 is the first page alone. */
  maxDepth?: number | null;
  /** `page_limit`. */
  pageLimit?: number | null;
  /** `include_path_regexes`. */
  includePathRegexes?: string[] | null;
  /** `exclude_path_regexes`. */
  excludePathRegexes?: string[] | null;
}

/** What sources of all kinds take (`CreateSourcePayload`). */
export interface SourceSettings {
  /** `database_name`: it must exist. */
  databaseName: string;
  embedding?: Embedding;
  chunking?: Chunking;
}

/** A new source (`CreateSourcePayload`): exactly one of its kinds. */
export type NewSource = SourceSettings &
  (
    | { github: GithubSource; s3?: never; webScrape?: never }
    | { s3: S3Source; github?: never; webScrape?: never }
    | { webScrape: WebSource; github?: never; s3?: never }
  );

/** A source as the service tells it (`Source`). What it has beyond these fields is there too. */
export interface Source {
  id: string;
  /** `database_name`. */
  databaseName?: string | null;
  /** `created_at`. */
  createdAt?: string | null;
  github?: GithubSource | null;
  s3?: S3Location | null;
  /** `web_scrape`. */
  webScrape?: WebSource | null;
  /** `file_upload`: the source of {@link ChromaSyncClient.addFile}. */
  fileUpload?: Record<string, never> | null;
  embedding?: Embedding | null;
  chunking?: Chunking | null;
  /** `embedding_model`, which `embedding` has replaced. */
  embeddingModel?: DenseEmbedding | null;
}

/** Filters of `GET /api/v1/sources`. */
export interface SourceFilter {
  /** `database_name`. */
  databaseName?: string;
  /** `source_type`, in the service's words. */
  sourceType?: "github" | "s3" | "web_scrape";
  /** `order_by` the time of creation. Default: `DESC`, the newest first. */
  orderBy?: "ASC" | "DESC";
}

/** One page of a list. */
export interface Page {
  /** Default: 100. */
  limit?: number;
  offset?: number;
}
