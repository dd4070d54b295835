import { ResponseError } from "../../api/index.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { Creation } from "../exactly-once/creation.js";
import type { Mark } from "../exactly-once/mark.js";
import { sendOne } from "../exactly-once/send.js";
import { UncertainError } from "../exactly-once/uncertain.js";
import type { Intent } from "../journal/intent.js";
import { adopt } from "./adopt.js";
import { identity } from "./identity.js";
import type { SourceInputs } from "./inputs.js";
import { keysDigest, withoutKeys } from "./keys.js";
import { differences, sameSources } from "./same-sources.js";
import { type SourceState, withReply } from "./state.js";
import { payloadOf } from "./wire.js";

/**
 * Creates the source, or adopts the one that exists if the inputs say so. One that an earlier run created,
 * and was killed before state held it, is this resource's own.
 */
export async function create(context: Context, urn: string, inputs: SourceInputs): Promise<SourceState> {
  const intent = await context.journal().begin(context.urnsOf(urn).map(urnDigest), {
    inputs: JSON.stringify([identity(inputs), keysDigest(inputs) ?? null]),
    account: context.account(),
    sourceId: "",
  });
  reportOrphans(context, intent);
  let state: SourceState;
  try {
    state = await find(context, urn, inputs, intent);
  } catch (error) {
    if (!(error instanceof UncertainError)) intent.close();
    throw error;
  }
  context.createdInRun.set(state.sourceId, urn);
  await intent.commit(state.sourceId, undefined, state.adopted);
  // The id is what counts: a reply that cannot be read now is read by the next refresh.
  const source = await context
    .client()
    .getSource(state.sourceId)
    .catch(() => undefined);
  return source ? withReply(state, source) : state;
}

async function find(
  context: Context,
  urn: string,
  inputs: SourceInputs,
  intent: Intent,
): Promise<SourceState> {
  // Without this list nothing tells a source that is about to be created from one that exists.
  const before = await sameSources(context, inputs);
  const mark = new Set(before.map(({ id }) => id));
  await intent.open(mark);
  const recorded = intent.earlier.find(({ isSame, ids }) => isSame && ids.has(""));
  const id = recorded?.ids.get("");
  // One that has been changed or deleted since is not what the inputs ask for.
  if (id && before.some((source) => source.id === id && differences(source, inputs).length === 0))
    return recorded!.adopted.has(id)
      ? { ...withoutKeys(inputs), sourceId: id, adopted: true }
      : stateOf(inputs, id);
  const sentBefore = intent.earlier.find(({ isSame, ids }) => isSame && !ids.has(""));
  try {
    const since = sentBefore ? sentBefore.mark : mark;
    const creation = creationOf(context, inputs, since, sentBefore !== undefined);
    const seen = sentBefore && (await creation.look([inputs])).found.get(inputs);
    return stateOf(inputs, seen ?? (await sendOne(context, urn, creation, inputs)));
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 409)) throw error;
    return adopt(context, inputs, error);
  }
}

/**
 * The source as something to create. The service allows one such source, so that one which was not listed
 * before is what came of the request, and a 409 may be the answer to an earlier request for it.
 */
function creationOf(
  context: Context,
  inputs: SourceInputs,
  mark: Mark,
  wasSentBefore: boolean,
): Creation<SourceInputs> {
  return {
    send: () => context.client().createSource(payloadOf(inputs)),
    async look() {
      const isKnown = context.knownIds();
      const fresh = (await sameSources(context, inputs)).filter(({ id }) => !mark?.has(id) && !isKnown(id));
      const own = fresh.find((source) => mark && differences(source, inputs).length === 0);
      const words = fresh.map(({ id }) => id).join(", ");
      return {
        found: new Map(own ? [[inputs, own.id]] : []),
        similar: new Map(!own && fresh.length > 0 ? [[inputs, words]] : []),
      };
    },
    wasSentBefore,
    list: `GET /api/v1/sources?database_name=${inputs.databaseName}`,
    advice: 'To adopt it, set onConflict: "adopt".',
  };
}

function stateOf(inputs: SourceInputs, sourceId: string): SourceState {
  const credentials = keysDigest(inputs);
  return { ...withoutKeys(inputs), sourceId, ...(credentials ? { credentials } : {}) };
}

/** Reports sources that earlier attempts for other inputs created: no state will hold them. */
function reportOrphans(context: Context, { earlier }: Intent): void {
  const ids = earlier.filter(({ isSame }) => !isSame).flatMap((attempt) => [...attempt.ids.values()]);
  if (ids.length > 0)
    context.warn(
      `An earlier run that was interrupted created ${ids.join(", ")} with different inputs, and no state holds it: delete it in the dashboard if it is not needed.`,
    );
}
