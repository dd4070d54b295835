import { ChromaSyncError, type Job, ResponseError } from "../../api/index.js";
import { urnDigest } from "../../model/urn-digest.js";
import { canonical } from "../canonical.js";
import type { Context } from "../context.js";
import { replacingFields } from "../invocation/changed-fields.js";
import { FIELD_NAMES, type InvocationInputs } from "../invocation/inputs.js";
import { payloadOf } from "../invocation/payload.js";
import type { Intent } from "../journal/journal.js";
import { sourceCollection } from "../service/source-collection.js";
import { existing, onConflict, withProvenance } from "./conflict.js";
import type { Created } from "./created.js";
import { acceptedSince, listed, matches, type Wanted } from "./match.js";
import { LOOK_AFTER_MS, Patience } from "./patience.js";

/** The service may have accepted the invocation, and no list shows which it is. */
export class Uncertain extends Error {
  override name = "Uncertain";
}

/**
 * Starts one invocation, once: whatever fails and whoever is killed, the next call with the same inputs
 * finds what was started. Creates of equal payload take turns, or they could not tell their jobs apart.
 */
export async function createOnce(context: Context, urn: string, inputs: InvocationInputs): Promise<Created> {
  const digest = urnDigest(urn);
  const wanted = await wantedBy(context, digest, inputs);
  return context.inTurn(JSON.stringify(wanted), async () => {
    const intent = await context.journal().begin(digest, identity(inputs));
    try {
      const created =
        (await fromBefore(context, intent, wanted, inputs)) ??
        (await post(context, intent, wanted).catch((error) => onConflict(context, wanted, inputs, error)));
      context.claimed.add(created.id);
      await intent.commit(created.id, undefined, created.adopted);
      return created;
    } catch (error) {
      if (!(error instanceof Uncertain)) await intent.abort();
      throw error;
    }
  });
}

/** What the POST sends, and how a list would show it. */
async function wantedBy(context: Context, urn: string, inputs: InvocationInputs): Promise<Wanted> {
  const sourceId = inputs.sourceId.toLowerCase();
  const payload = inputs.provenance
    ? withProvenance(payloadOf(inputs), urn, identity(inputs))
    : payloadOf(inputs);
  const collection = payload.target_collection_name ?? (await sourceCollection(context, sourceId));
  return { sourceId, payload, collection };
}

/** One text for everything whose change makes another invocation. */
function identity(inputs: InvocationInputs): string {
  const fields = replacingFields(FIELD_NAMES);
  return JSON.stringify(fields.map((field) => canonical(field, inputs[field])));
}

/** What an earlier run, of this machine or another, has already started. */
async function fromBefore(
  context: Context,
  intent: Intent,
  wanted: Wanted,
  inputs: InvocationInputs,
): Promise<Created | undefined> {
  const taken = intent.taken.get("");
  if (taken) return intent.adopted.has(taken) ? { id: taken, adopted: true } : { id: taken };
  if (intent.lost.length > 0)
    context.warn(
      `A run that was killed started ${intent.lost.join(", ")} with other inputs, and no state holds it: it goes on in the service, and another is started now.`,
    );
  if (intent.unresolvedSince !== undefined) {
    const own = await recover(context, wanted, intent.unresolvedSince);
    if (own) return { id: own };
  }
  return existing(context, wanted, inputs);
}

/** Sends the request until it is certain what came of it. */
export async function post(
  context: Context,
  intent: Pick<Intent, "unresolvedSince">,
  wanted: Wanted,
): Promise<Created> {
  const patience = new Patience(context);
  const since = intent.unresolvedSince ?? patience.begun;
  let ambiguities = 0;
  for (;;) {
    try {
      await context.requireEngine();
      return { id: await context.client().createInvocation(wanted.sourceId, wanted.payload) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const outcome = error instanceof ChromaSyncError ? error.outcome : undefined;
      const conflicted = error instanceof ResponseError && error.status === 409;
      if (outcome === "ambiguous" || (conflicted && ambiguities > 0)) {
        const own = await recover(context, wanted, since, error);
        if (own) return { id: own };
        ambiguities++;
        if (outcome === "ambiguous" && ambiguities < 2) continue;
      }
      if (outcome === "not-processed" && (await patience.waits(error))) continue;
      if (ambiguities > 0) throw uncertain(error, wanted, []);
      throw error;
    }
  }
}

/** The invocation that an unanswered request started; undefined if no list shows one. */
async function recover(
  context: Context,
  wanted: Wanted,
  since: number,
  cause?: Error,
): Promise<string | undefined> {
  for (const pause of LOOK_AFTER_MS) {
    await context.sleep(pause);
    let jobs: Job[];
    try {
      jobs = await acceptedSince(context, wanted.sourceId, since);
    } catch (error) {
      throw uncertain(cause ?? (error as Error), wanted, []);
    }
    const own = jobs.filter((job) => matches(job, wanted) && !context.isTaken(job.id));
    if (own.length > 1) throw uncertain(cause, wanted, own);
    if (own[0]) return own[0].id;
  }
  return undefined;
}

function uncertain(cause: Error | undefined, { sourceId }: Wanted, candidates: Job[]): Uncertain {
  const known =
    candidates.length > 0
      ? `These may be its own: ${listed(candidates)}. Name the right one with adoptInvocationId.`
      : `None is listed yet: the next \`pulumi up\` on this machine looks again before it sends anything (GET /api/v1/invocations?source_id=${sourceId}).`;
  const said = cause ? `${cause.message} ` : "";
  return new Uncertain(`${said}An invocation may have been started, and it was not sent again. ${known}`, {
    cause,
  });
}
