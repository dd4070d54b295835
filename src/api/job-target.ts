import type { Job } from "./wire.js";

/** What an invocation syncs and where to, in the words of the resource's inputs. */
export interface JobTarget {
  collectionName?: string;
  refIdentifier?: { sha?: string; branch?: string };
  objectKey?: string;
  customId?: string;
  metadata?: Record<string, unknown>;
}

/** Reads the metadata of a Job; what it does not say is absent. */
export function jobTarget({ metadata }: Job): JobTarget {
  const { collection_name, s3, github } = metadata as {
    collection_name?: string | null;
    s3?: {
      object_key?: string;
      custom_id?: string | null;
      additional_metadata?: Record<string, unknown> | null;
    };
    github?: { git_ref_identifier?: { sha?: string; branch?: string } | null };
  };
  const all = {
    collectionName: collection_name,
    refIdentifier: github?.git_ref_identifier,
    objectKey: s3?.object_key,
    customId: s3?.custom_id,
    metadata: s3?.additional_metadata,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null));
}
