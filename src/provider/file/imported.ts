import type { Job } from "../../api/index.js";
import type { Context } from "../context.js";
import { PROVENANCE_KEY } from "../exactly-once/conflict.js";
import type { FileState } from "./state.js";

/** What a listed upload says of its inputs, as far as the service lists it. The content is not among it. */
export async function inputsOfJob(
  context: Context,
  job: Job,
): Promise<Omit<FileState, "invocationId" | "status">> {
  const { collection_name, file_upload } = job.metadata as Record<string, unknown>;
  const source = job.source_id ? await context.source(job.source_id) : undefined;
  const { filename, custom_id, additional_metadata } = (file_upload ?? {}) as Record<string, unknown>;
  const {
    [PROVENANCE_KEY]: mark,
    custom_id: _added,
    ...own
  } = (additional_metadata ?? {}) as Record<string, unknown>;
  return {
    databaseName: source?.database_name ?? "",
    collectionName: typeof collection_name === "string" ? collection_name : "",
    ...(typeof filename === "string" ? { filename } : {}),
    ...(typeof custom_id === "string" ? { customId: custom_id } : {}),
    ...(Object.keys(own).length === 0 ? {} : { metadata: own }),
    ...(mark === undefined ? {} : { provenance: true }),
  };
}
