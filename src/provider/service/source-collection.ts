import type { Context } from "../context.js";

/**
 * The collection of an S3 source, the target where none is asked for; undefined if it is not known. The
 * source was read at check, so this is no request.
 */
export async function sourceCollection(context: Context, sourceId: string): Promise<string | undefined> {
  try {
    return (await context.source(sourceId)).s3?.collection_name ?? undefined;
  } catch {
    return undefined;
  }
}
