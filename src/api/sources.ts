// Bodies of requests, in the words of the API document.

/** Dense embedding of a source (`DenseEmbeddingModel`). */
export interface DenseEmbedding {
  model: "Qwen/Qwen3-Embedding-0.6B";
  task?: { task_name: string; query_prompt?: string | null; document_prompt?: string | null } | null;
}

/** Sparse embedding of a source (`SparseEmbeddingConfig`). */
export interface SparseEmbedding {
  key?: string;
  model?: "Chroma/BM25" | "prithivida/Splade_PP_en_v1";
}

/** How documents are split (`SourceChunkingConfig`). Sizes are in bytes. */
export type Chunking =
  | { type: "tree_sitter"; max_size_bytes?: number }
  | { type: "lines"; max_lines?: number; max_size_bytes?: number };

/** What the sources of all kinds share. */
interface CommonSource {
  database_name: string;
  embedding?: { dense?: DenseEmbedding; sparse?: SparseEmbedding | null };
  chunking?: Chunking;
}

/** A GitHub repository, of `app_id`'s app if it is private. */
export interface GithubSource {
  repository: string;
  app_id?: string | null;
  include_globs?: string[] | null;
}

/** An S3 bucket. Credentials are either saved ones by id, or both inline keys. */
export interface S3Source {
  bucket_name: string;
  region: string;
  collection_name: string;
  path_prefix?: string | null;
  auto_sync?: "none" | "direct" | "metadata" | null;
  aws_credential_id?: number | null;
  aws_access_key_id?: string | null;
  aws_secret_access_key?: string | null;
}

/** A web site. `max_depth` 0 is the start page alone. */
export interface WebSource {
  starting_url: string;
  max_depth?: number | null;
  page_limit?: number | null;
  include_path_regexes?: string[] | null;
  exclude_path_regexes?: string[] | null;
}

/** Body of `POST /api/v1/sources` (`CreateSourcePayload`): exactly one kind. */
export type CreateSourcePayload = CommonSource &
  (
    | { github: GithubSource; s3?: never; web_scrape?: never }
    | { s3: S3Source; github?: never; web_scrape?: never }
    | { web_scrape: WebSource; github?: never; s3?: never }
  );

/** Filters of `GET /api/v1/sources`; `limit` defaults to 100 and `order_by` to DESC on the service. */
export interface ListSourcesQuery {
  database_name?: string;
  source_type?: "github" | "s3" | "web_scrape";
  limit?: number;
  offset?: number;
  order_by?: "ASC" | "DESC";
}
