import { type CreateInvocationPayload, type Job, jobProgress, ResponseError } from "../../api/index.js";
import { digest } from "../../model/digest.js";
import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import { listedSince } from "./mark.js";
import { type Created, type Existing, type InvocationRequest, likeness, shownBy } from "./request.js";
import { listed } from "./uncertain.js";

/** The metadata key that marks an S3 invocation with what declared it. */
export const PROVENANCE_KEY = "pulumi_provenance";

/** What was started longer ago is not adopted before a POST. */
const WINDOW_MS = 24 * 3600_000;

/** The payload, marked with a digest of what declared it: job and chunks carry it. */
export function withProvenance(
  payload: CreateInvocationPayload,
  declaration: string,
): CreateInvocationPayload {
  return { ...payload, metadata: { ...payload.metadata, [PROVENANCE_KEY]: digest(declaration, 22) } };
}

/**
 * What another machine has started for the same declaration: by its provenance, or, if the user adopts, by
 * its natural key. An invocation that a state holds or held is passed over, and so is one that ended badly.
 * One by its natural key that is complete shows by the 409 that its collection still answers with: without
 * it the collection was deleted since.
 */
export async function existing(
  context: Context,
  urn: string,
  request: InvocationRequest,
  { provenance, onConflict }: Existing,
): Promise<Created | undefined> {
  const natural = onConflict === "adopt" && request.payload.object_key === undefined;
  if (!provenance && !natural) return undefined;
  const recent = await context.recent(request.sourceId, WINDOW_MS);
  const fits = provenance ? isUsable : isUnderWay;
  const isKnown = context.knownIds();
  const job = recent.find((one) => fits(one) && isSame(one, request) && !isKnown(one.id));
  if (!job) return undefined;
  if (provenance) return { id: job.id };
  context.warnOfOwner(urn, job.id);
  return { id: job.id, adopted: true };
}

/** What follows from a 409 for which no request of ours is to blame; any other error is thrown again. */
export async function adoptable(
  context: Context,
  urn: string,
  request: InvocationRequest,
  { onConflict }: Existing,
  refusal: unknown,
): Promise<Created> {
  if (!(refusal instanceof ResponseError && refusal.status === 409)) throw refusal;
  // If the list cannot be read, the refusal itself is still what to tell.
  const jobs = await listedSince(context.client(), request.sourceId, new Set()).catch((): Job[] => []);
  const writers = jobs.filter((job) => job.metadata.collection_name === request.collection);
  const same = writers.filter((job) => isUsable(job) && isSame(job, request));
  if (onConflict === "adopt" && same[0]) {
    context.warnOfOwner(urn, same[0].id);
    return { id: same[0].id, adopted: true };
  }
  const written =
    writers.length > 0
      ? `It was written by ${listed(writers)}.`
      : "No invocation of this source wrote it, so there is nothing to adopt. It probably belongs to another, possibly deleted source: delete the collection or choose another name.";
  const next =
    same.length > 0
      ? 'To adopt the newest matching invocation, set onConflict: "adopt"; to adopt a specific one, set adoptInvocationId.'
      : writers.length > 0
        ? "None of them matches these inputs, so none can be adopted."
        : "";
  throw new Error([refusal.message, written, next].filter(Boolean).join(" "), { cause: refusal });
}

/** Whether a listed invocation is what a request would start. */
export function isSame(job: Job, request: InvocationRequest): boolean {
  return likeness(shownBy(job, request.sourceId), request) === "same";
}

function isUsable(job: Job): boolean {
  return !["failed", "cancelled"].includes(jobProgress(job).status);
}

function isUnderWay(job: Job): boolean {
  return !isTerminal(jobProgress(job).status);
}
