import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { Earlier, Intent } from "../journal/intent.js";
import { listAddress } from "../service/place.js";
import { cancelPending } from "./cancel-pending.js";
import { adoptable, existing } from "./conflict.js";
import type { Creation } from "./creation.js";
import { attribute, reportLeftovers, reportUnread } from "./leftovers.js";
import { listedSince, type Mark } from "./mark.js";
import { recorded } from "./recover.js";
import { type Created, type Existing, echoOf, type InvocationRequest, keyOf, normal } from "./request.js";
import { sendOne } from "./send.js";
import { settleOne } from "./settle.js";
import { settleTimeOf } from "./settle-time.js";
import { sightings } from "./sightings.js";
import { listed, UncertainError } from "./uncertain.js";

/**
 * Starts one invocation, once: whatever fails and whoever is killed, the next call with the same inputs
 * finds what was started. Requests that a list would show alike take turns, or they could not tell their
 * invocations apart.
 */
export async function createOnce(
  context: Context,
  urn: string,
  request: InvocationRequest,
  existingRules: Existing,
): Promise<Created> {
  const echo = echoOf(request);
  const key = normal(keyOf(request.sourceId, request.payload) ?? echo);
  const keys = new Set([key]);
  return context.inTurn({ sourceId: request.sourceId, keys: () => keys }, async () => {
    const urns = context.urnsOf(urn).map(urnDigest);
    const intent = await context.journal().begin(urns, {
      inputs: request.identity,
      echo,
      account: context.account(),
      sourceId: request.sourceId,
    });
    const others = () => intent.reread().filter(({ isSame }) => !isSame);
    const left = { read: others, isAnswered: ({ ids }: Earlier) => ids.size > 0 };
    const created = await find(context, urn, urns, request, existingRules, intent).catch(async (error) => {
      if (!(error instanceof UncertainError)) intent.close();
      // It may fail like this for ever, so that nothing else would tell of them.
      else await reportLeftovers(context, urn, { ...left, keeps: false }, false);
      throw error;
    });
    // From here on there is an id, so that nothing may close the intent.
    context.createdInRun.set(created.id, urn);
    await intent.commit(created.id, undefined, created.adopted);
    // Of those for the same inputs this one is what came, or nothing did.
    for (const { isSame, ids, close } of intent.earlier) if (isSame && ids.size === 0) close();
    await reportLeftovers(context, urn, left, true);
    await reportUnread(context, request.sourceId, intent);
    return created;
  });
}

async function find(
  context: Context,
  urn: string,
  urns: string[],
  request: InvocationRequest,
  rules: Existing,
  intent: Intent,
): Promise<Created> {
  const known = await recorded(context, intent);
  if (known) {
    await intent.open(undefined);
    return known;
  }
  const mark = await context.mark(request.sourceId);
  // What was listed before the next attempt began, or is listed before this one begins, is not theirs.
  for (const [index, attempt] of intent.earlier.entries()) {
    // Of an entry that cannot be read there may be attempts that nobody sees.
    if (intent.unreadable) break;
    if (attempt.ids.size > 0) continue;
    const next = intent.earlier[index + 1];
    if (!attempt.isSame && (!next || next.mark))
      await attribute(context, urn, attempt, { within: next?.mark });
    // What is not known of this one may be what a later one seems to have started.
    if (attempt.ids.size === 0) break;
  }
  await intent.open(mark);
  const same = intent.earlier.filter(({ isSame }) => isSame);
  if (same.length > 0 || intent.unreadable) {
    // An entry that cannot be read may have had any mark.
    const since = intent.unreadable ? undefined : same[0]!.mark;
    const creation = creationOf(context, urns, request, intent, since);
    const found = await settleOne(context, urn, creation, request, settleTimeOf(context, same));
    if (found) return { id: found };
  }
  const there = await existing(context, urn, request, rules);
  if (there) return there;
  if (rules.onConflict === "cancel") await cancelPending(context, urn, request);
  try {
    return { id: await sendOne(context, urn, creationOf(context, urns, request, intent, mark), request) };
  } catch (error) {
    return adoptable(context, urn, request, rules, error);
  }
}

/** One request as something to create. */
function creationOf(
  context: Context,
  urns: string[],
  request: InvocationRequest,
  intent: Intent,
  mark: Mark,
): Creation<InvocationRequest> {
  const { sourceId, payload } = request;
  const echo = echoOf(request);
  // What an earlier attempt for other inputs started may still come to be listed, and looks the same.
  const isExpected = intent.earlier.some((one) => !one.isSame && one.ids.size === 0 && one.showsAs(echo));
  return {
    send() {
      intent.sending();
      return request.send
        ? request.send(() => intent.sending())
        : context.client().createInvocation(sourceId, payload);
    },
    async look(items) {
      const late = intent.reread().find(({ isSame, ids }) => isSame && ids.has(""));
      if (late) return { found: new Map([[request, late.ids.get("")!]]), similar: new Map() };
      const jobs = await listedSince(context.client(), sourceId, mark);
      const isKnown = context.knownIds();
      const unattributed = intent.unattributed();
      const isShared = mark === undefined || isExpected || context.journal().hasRival(urns, sourceId, echo);
      return sightings(jobs, items, {
        requestOf: (item) => item,
        isKnown: (id) => isKnown(id) && !unattributed.has(id),
        isShared: () => isShared,
        words: listed,
      });
    },
    list: listAddress(sourceId),
    advice:
      "To adopt the right one, set adoptInvocationId to its id. To start a new one in any case, change triggers." +
      (intent.unreadable ? ` The journal entry ${intent.unreadable} cannot be read.` : ""),
  };
}
