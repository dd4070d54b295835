import { ChromaSyncError, ResponseError, type Source } from "../../api/index.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import { LOOK_AFTER_MS, Patience } from "../exactly-once/patience.js";
import type { Intent } from "../journal/journal.js";
import { adopt } from "./adopt.js";
import { identity } from "./identity.js";
import type { SourceInputs } from "./inputs.js";
import { keysDigest, withoutKeys } from "./keys.js";
import { differences, sameSources } from "./same-sources.js";
import type { SourceState } from "./state.js";
import { withReply } from "./state.js";
import { payloadOf } from "./wire.js";

/** What was created longer after a create began is somebody else's: no request goes on for so long. */
const LONGEST_CREATE_MS = 15 * 60_000;

/**
 * Creates the source, or takes over the one that exists where the inputs say so. One that a run created and
 * was killed before state held it is this resource's own.
 */
export async function create(context: Context, urn: string, inputs: SourceInputs): Promise<SourceState> {
  const intent = await context
    .journal()
    .begin(urnDigest(urn), JSON.stringify([identity(inputs), keysDigest(inputs) ?? null]));
  if (intent.lost.length > 0)
    context.warn(
      `A run that was killed created ${intent.lost.join(", ")} with other inputs, and no state holds it: delete it in the dashboard where nobody needs it.`,
    );
  let state: SourceState;
  let uncertain = false;
  try {
    state = await brought(context, intent, inputs, () => {
      uncertain = true;
    });
  } catch (error) {
    if (!uncertain && !known(intent)) await intent.abort();
    throw error;
  }
  context.claimed.add(state.sourceId);
  await intent.commit(state.sourceId, undefined, state.adopted);
  // The id is what counts: a reply that cannot be read now is read by the next refresh.
  const source = await context
    .client()
    .getSource(state.sourceId)
    .catch(() => undefined);
  return source ? withReply(state, source) : state;
}

/** Whether earlier runs may have left something. */
function known({ taken, unresolvedSince }: Intent): boolean {
  return taken.size > 0 || unresolvedSince !== undefined;
}

async function brought(
  context: Context,
  intent: Intent,
  inputs: SourceInputs,
  doubt: () => void,
): Promise<SourceState> {
  try {
    const sourceId = await post(context, intent, inputs, doubt);
    return intent.adopted.has(sourceId)
      ? { ...withoutKeys(inputs), sourceId, adopted: true }
      : newState(inputs, sourceId);
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 409)) throw error;
    return adopt(context, inputs, error);
  }
}

function newState(inputs: SourceInputs, sourceId: string): SourceState {
  const credentials = keysDigest(inputs);
  return { ...withoutKeys(inputs), sourceId, ...(credentials ? { credentials } : {}) };
}

/**
 * Sends the request until it is certain what came of it. The service itself allows a source only once, so
 * a 409 is what tells that an earlier request got through. Calls `doubt` once one may have.
 */
async function post(
  context: Context,
  intent: Intent,
  inputs: SourceInputs,
  doubt: () => void,
): Promise<string> {
  const patience = new Patience(context);
  let since = intent.unresolvedSince;
  let ambiguities = 0;
  for (;;) {
    try {
      await context.requireEngine();
      return await context.client().createSource(payloadOf(inputs));
    } catch (error) {
      if (!(error instanceof ChromaSyncError)) throw error;
      const conflicted = error instanceof ResponseError && error.status === 409;
      const ambiguous = error.outcome === "ambiguous";
      if (ambiguous) {
        since ??= patience.begun;
        doubt();
      }
      if (ambiguous || (conflicted && (since !== undefined || known(intent)))) {
        const own = await ownSource(context, intent, inputs, since);
        if (own) return own.id;
        if (!ambiguous || ++ambiguities > 1) throw error;
      } else if (error.outcome !== "not-processed" || !(await patience.waits(error))) throw error;
    }
  }
}

/** The source that an earlier request created; undefined if no list shows one, or it is not what is asked for. */
async function ownSource(
  context: Context,
  intent: Intent,
  inputs: SourceInputs,
  since: number | undefined,
): Promise<Source | undefined> {
  const taken = new Set(intent.taken.values());
  const isInTime = ({ created_at }: Source) => {
    if (since === undefined || !created_at) return false;
    const after = Date.parse(created_at) - since - context.client().clockOffsetMs;
    // Times of a service may have whole seconds.
    return after > -1000 && after < LONGEST_CREATE_MS;
  };
  for (const pause of LOOK_AFTER_MS) {
    await context.sleep(pause);
    const found = (await sameSources(context, inputs)).find(
      (one) => taken.has(one.id) || (isInTime(one) && !context.claimed.has(one.id)),
    );
    if (found) return differences(found, inputs).length === 0 ? found : undefined;
  }
  return undefined;
}
