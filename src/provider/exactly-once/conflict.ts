import { createHash } from "node:crypto";
import { type CreateInvocationPayload, type Job, jobProgress, ResponseError } from "../../api/index.js";
import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import type { InvocationInputs } from "../invocation/inputs.js";
import type { Created } from "./created.js";
import { acceptedSince, listed, matches, type Wanted } from "./match.js";

/** The metadata key that marks an S3 invocation with what declared it. */
export const PROVENANCE_KEY = "pulumi_provenance";

/** What was started longer ago is not looked at before a POST. */
const WINDOW_MS = 24 * 3600_000;

/** The payload, marked with a digest of what declared it: job and chunks carry it. */
export function withProvenance(
  payload: CreateInvocationPayload,
  urn: string,
  identity: string,
): CreateInvocationPayload {
  const digest = createHash("sha256").update(`${urn}\n${identity}`).digest("base64url").slice(0, 22);
  return { ...payload, metadata: { ...payload.metadata, [PROVENANCE_KEY]: digest } };
}

/**
 * What another machine has started for the same declaration: by its provenance, or, where the user adopts,
 * by its natural key. An invocation that a state holds is passed over, and so is one that ended badly. One
 * by its natural key that is complete shows by the 409 that its collection still answers with: without it
 * the collection was deleted since.
 */
export async function existing(
  context: Context,
  wanted: Wanted,
  { provenance, onConflict: conflict }: InvocationInputs,
): Promise<Created | undefined> {
  const natural = conflict === "adopt" && wanted.payload.object_key === undefined;
  if (!provenance && !natural) return undefined;
  const recent = await context.recent(wanted.sourceId, WINDOW_MS);
  const fits = provenance ? usable : isUnderWay;
  const job = recent.find((one) => fits(one) && matches(one, wanted) && !context.isTaken(one.id));
  return job && (provenance ? { id: job.id } : { id: job.id, adopted: true });
}

/** What follows from a 409 for which no request of ours is to blame; any other error is thrown again. */
export async function onConflict(
  context: Context,
  wanted: Wanted,
  inputs: InvocationInputs,
  refusal: unknown,
): Promise<Created> {
  if (!(refusal instanceof ResponseError && refusal.status === 409)) throw refusal;
  // Where the list cannot be read, the refusal itself is still what to tell.
  const listedJobs = await acceptedSince(context, wanted.sourceId, 0).catch((): Job[] => []);
  const same = listedJobs.filter((job) => job.metadata.collection_name === wanted.collection);
  const adoptable = same.filter((job) => usable(job) && matches(job, wanted));
  if (inputs.onConflict === "adopt" && adoptable[0]) return { id: adoptable[0].id, adopted: true };
  const writers =
    same.length > 0
      ? `It was written by ${listed(same)}.`
      : "No invocation of this source wrote it, so none can be adopted: it is another source's, one that was deleted perhaps. Delete the collection to sync into it again.";
  const next =
    adoptable.length > 0
      ? 'To take over the newest that did the same set onConflict: "adopt"; to name one, adoptInvocationId.'
      : same.length > 0
        ? "None of them did what is asked for, so none can be adopted."
        : "";
  throw new Error([refusal.message, writers, next].filter(Boolean).join(" "), { cause: refusal });
}

function usable(job: Job): boolean {
  return !["failed", "cancelled"].includes(jobProgress(job).status);
}

function isUnderWay(job: Job): boolean {
  return !isTerminal(jobProgress(job).status);
}

/** Everything of a source that was accepted within a window, listed once for all creates of a run. */
export function recentListing(context: Pick<Context, "client" | "now">): Context["recent"] {
  const lists = new Map<string, Promise<Job[]>>();
  return (sourceId, windowMs) => {
    let list = lists.get(sourceId);
    if (!list) {
      list = acceptedSince(context, sourceId, context.now() - windowMs);
      lists.set(sourceId, list);
      list.catch(() => lists.delete(sourceId));
    }
    return list;
  };
}
