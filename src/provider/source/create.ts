import { ChromaSyncError, ResponseError, type Source, TransportError } from "../../api/index.js";
import { described, keysDigest, withoutKeys } from "./canonical.js";
import type { SourceContext } from "./context.js";
import { differences, sameSources } from "./find.js";
import type { SourceInputs, SourceState } from "./inputs.js";
import { withReply } from "./read.js";
import { payloadOf } from "./wire.js";

const PATIENCE_MS = 2 * 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** A list may show a source only some time after it was created. */
const LOOK_AFTER_MS = [0, 1000, 2000, 4000];

/** Creates the source, or takes over the one that exists where the inputs say so. */
export async function create(context: SourceContext, inputs: SourceInputs): Promise<SourceState> {
  let state: SourceState;
  try {
    state = newState(inputs, await post(context, inputs));
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 409)) throw error;
    state = await adopt(context, inputs, error);
  }
  context.claimed.add(state.sourceId);
  // The id is what counts: a reply that cannot be read now is read by the next refresh.
  const source = await context
    .client()
    .getSource(state.sourceId)
    .catch(() => undefined);
  return source ? withReply(state, source) : state;
}

function newState(inputs: SourceInputs, sourceId: string): SourceState {
  const credentials = keysDigest(inputs);
  return { ...withoutKeys(inputs), sourceId, ...(credentials ? { credentials } : {}) };
}

/** Sends the request until it is certain what came of it: the service itself allows a source only once. */
async function post(context: SourceContext, inputs: SourceInputs): Promise<string> {
  const begun = context.now();
  let ambiguous: Error | undefined;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await context.requireEngine();
      return await context.client().createSource(payloadOf(inputs));
    } catch (error) {
      if (!(error instanceof ChromaSyncError)) throw error;
      const conflicted = error instanceof ResponseError && error.status === 409;
      if (error.outcome === "ambiguous" || (conflicted && ambiguous)) {
        const own = await createdSince(context, inputs, begun);
        if (own) return own.id;
        if (ambiguous) throw error;
        ambiguous = error;
        continue;
      }
      const passes = !(error instanceof TransportError) || error.passing;
      const late = context.now() + pause > begun + PATIENCE_MS;
      if (error.outcome !== "not-processed" || !passes || late || context.cancelled.aborted) throw error;
      await context.sleep(pause * (1 + context.random() / 2), context.cancelled);
    }
  }
}

/** The source that an unanswered request created; undefined if no list shows one. */
async function createdSince(
  context: SourceContext,
  inputs: SourceInputs,
  begun: number,
): Promise<Source | undefined> {
  for (const pause of LOOK_AFTER_MS) {
    await context.sleep(pause);
    const since = Math.floor((begun + context.client().clockOffsetMs) / 1000) * 1000;
    const found = (await sameSources(context, inputs)).find(
      ({ created_at }) => created_at && Date.parse(created_at) >= since,
    );
    if (found) return found;
  }
  return undefined;
}

/** What follows from a 409 for which no request of ours is to blame. */
async function adopt(
  context: SourceContext,
  inputs: SourceInputs,
  refusal: ResponseError,
): Promise<SourceState> {
  const [existing] = await sameSources(context, inputs);
  if (!existing)
    throw new Error(
      `${refusal.message} No source like it is listed in database ${inputs.databaseName}: look for it in the dashboard, under another database too.`,
      { cause: refusal },
    );
  const differing = differences(existing, inputs);
  const other =
    differing.length > 0
      ? `It differs in ${differing.join(", ")}: make them equal to take it over, or delete it first.`
      : undefined;
  if (inputs.onConflict !== "adopt" || other)
    throw new Error(
      `The ${described(inputs)} exists already, with the id ${existing.id}. ` +
        (other ??
          'To take it over set onConflict: "adopt"; where a forced replacement of it (--replace) met itself, set the resource option deleteBeforeReplace: true.'),
      { cause: refusal },
    );
  if (inputs.s3?.awsAccessKeyId !== undefined)
    context.warn(
      `The ${described(inputs)} was taken over with the credentials that it has; the keys of the program were not sent.`,
    );
  return { ...withoutKeys(inputs), sourceId: existing.id, adopted: true };
}
