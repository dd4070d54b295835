import { ChromaSyncError } from "../../api/index.js";
import type { Context } from "../context.js";
import { elapsed } from "../waiting/duration.js";
import { Heartbeat } from "../waiting/heartbeat.js";
import type { Creation, Doubts, Results } from "./creation.js";
import { pauses } from "./settle-time.js";
import { interrupted, resembled, unlooked } from "./uncertain.js";

/** Looks for what may have been accepted until the settle time has passed; returns what no list shows. */
export async function settle<Item>(
  context: Context,
  urn: string,
  creation: Creation<Item>,
  doubts: Doubts<Item>,
  results: Results<Item>,
  totalMs = context.settleMs,
): Promise<Item[]> {
  const open = new Set(doubts.keys());
  let similar = new Map<Item, string>();
  let failure: Error | undefined;
  if (open.size === 0) return [];
  const begun = context.now();
  let phase = "looking";
  const heartbeat = new Heartbeat(context, urn, () => ({
    phase,
    text: `${settling(open.size, totalMs)} · ${elapsed(context.now() - begun)}`,
  }));
  for (const pause of pauses(totalMs)) {
    if (pause > 0) phase = "waiting";
    heartbeat.changed();
    await context.sleep(pause, context.cancelled);
    try {
      await context.requireEngine();
      const seen = await creation.look([...open]);
      failure = undefined;
      similar = seen.similar;
      for (const [item, id] of seen.found) {
        open.delete(item);
        results.accepted(item, id);
      }
    } catch (error) {
      failure = error as Error;
      if (!(error instanceof ChromaSyncError) || error.outcome === "refused") break;
    }
    if (open.size === 0 || context.cancelled.aborted) break;
  }
  heartbeat.stop();
  const unseen: Item[] = [];
  for (const item of open) {
    const words = similar.get(item);
    const cause = doubts.get(item);
    if (words) results.failed(item, resembled(creation, cause, words));
    else if (failure) results.failed(item, unlooked(creation, cause, failure));
    else if (context.cancelled.aborted) results.failed(item, interrupted(creation, cause));
    else unseen.push(item);
  }
  return unseen;
}

/** The same for one; resolves with its id, or with undefined if no list shows it. */
export async function settleOne<Item>(
  context: Context,
  urn: string,
  creation: Creation<Item>,
  item: Item,
  totalMs: number,
): Promise<string | undefined> {
  let id: string | undefined;
  let failure: Error | undefined;
  const results: Results<Item> = {
    accepted(_item, accepted) {
      id = accepted;
    },
    failed(_item, error) {
      failure = error;
    },
  };
  await settle(context, urn, creation, new Map([[item, undefined]]), results, totalMs);
  if (failure) throw failure;
  return id;
}

/** What settling says on the row of a resource. */
function settling(many: number, totalMs: number): string {
  const what = many > 1 ? `${many.toLocaleString("en-US")} requests were` : "a request was";
  return `${what} not answered: looking for up to ${Math.round(totalMs / 1000)} s whether the service accepted ${many > 1 ? "them" : "it"}`;
}
