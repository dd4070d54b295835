import { type Job, ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { type InvocationRequest, likeness, shownBy } from "../exactly-once/request.js";
import { isUploads } from "../service/place.js";

/** Reads an invocation that is adopted instead of starting one. It has to be what a request describes. */
export async function adopt(
  context: Context,
  urn: string,
  request: Omit<InvocationRequest, "identity">,
  invocationId: string,
): Promise<Job> {
  const id = invocationId.toLowerCase();
  const job = await context
    .client()
    .getInvocation(id)
    .catch((error) => {
      if (!(error instanceof ResponseError && error.status === 404)) throw error;
      const message = `adoptInvocationId names no invocation that the API key can see. ${error.message}`;
      throw new Error(message, { cause: error });
    });
  const { sourceId } = request;
  if (!isUploads(sourceId) && job.source_id && job.source_id.toLowerCase() !== sourceId)
    throw new Error(
      `Invocation ${id} is of source ${job.source_id}, not of ${sourceId}: correct sourceId or adoptInvocationId.`,
    );
  const shown = shownBy(job, sourceId);
  const like = likeness(shown, request);
  // Of an upload the service may show nothing of the file: then the user knows best.
  if (like !== "same" && !(shown?.isOpaque && like === "similar"))
    throw new Error(
      `Invocation ${id} does not match these inputs (its collection, ref or object key, custom id or metadata differ): ` +
        "make them equal to adopt it, or remove adoptInvocationId to start a new sync.",
    );
  context.warnOfOwner(urn, id);
  return job;
}
