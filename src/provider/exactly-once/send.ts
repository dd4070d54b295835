import { ChromaSyncError, ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { Backoff } from "./backoff.js";
import type { Creation, Doubts, Results } from "./creation.js";
import { settle } from "./settle.js";
import { interrupted, refused, unlisted } from "./uncertain.js";

/** After so many requests in a row that nobody answered, the others are not sent. */
const MOST_UNANSWERED = 64;
/** A request without an answer is sent once more if the list shows no invocation of it. */
const MOST_SENDS = 2;

/** Creates one thing; resolves with its id. */
export async function sendOne<Item>(
  context: Context,
  urn: string,
  creation: Creation<Item>,
  item: Item,
): Promise<string> {
  let id: string | undefined;
  let failure: Error | undefined;
  await sendAll(context, urn, creation, [item], {
    accepted(_item, accepted) {
      id = accepted;
    },
    failed(_item, error) {
      failure = error;
    },
  });
  if (failure) throw failure;
  if (id === undefined) throw new Error("The update was cancelled before the request was sent.");
  return id;
}

/**
 * Sends each request until it is certain what came of it. One that nobody answered is looked for in the list
 * for the settle time, and only what is not listed then is sent again, once.
 */
export async function sendAll<Item>(
  context: Context,
  urn: string,
  creation: Creation<Item>,
  items: readonly Item[],
  results: Results<Item>,
): Promise<void> {
  const unanswered = new Map<Item, number>();
  let sends = items;
  while (sends.length > 0) {
    const doubts = await sendEach(context, creation, sends, unanswered, results);
    const unseen = await settle(context, urn, creation, doubts, results);
    const again: Item[] = [];
    for (const item of unseen) {
      const error = doubts.get(item)!;
      if (isConflict(error)) results.failed(item, error);
      else if (unanswered.get(item)! < MOST_SENDS) again.push(item);
      else results.failed(item, unlisted(context, creation, error));
    }
    sends = again;
  }
}

/** Sends what can be sent, and returns what may have been accepted without an answer. */
async function sendEach<Item>(
  context: Context,
  creation: Creation<Item>,
  items: readonly Item[],
  unanswered: Map<Item, number>,
  results: Results<Item>,
): Promise<Doubts<Item>> {
  const doubts: Doubts<Item> = new Map();
  let next = 0;
  let inARow = 0;
  let ended = false;
  const worker = async () => {
    while (!ended && !context.cancelled.aborted && next < items.length) {
      const item = items[next++]!;
      const before = unanswered.get(item) ?? 0;
      try {
        results.accepted(item, await untilProcessed(context, () => creation.send(item)));
        inARow = 0;
      } catch (thrown) {
        const error = thrown as Error;
        const isUnanswered = error instanceof ChromaSyncError && error.outcome === "ambiguous";
        if (isUnanswered) {
          unanswered.set(item, before + 1);
          ended ||= ++inARow >= MOST_UNANSWERED;
        }
        const isOwnConflict = isConflict(error) && (before > 0 || creation.wasSentBefore);
        if (isUnanswered || isOwnConflict) doubts.set(item, error);
        else {
          results.failed(item, before > 0 ? refused(creation, error) : error);
          ended ||= creation.endsAll?.(error) ?? false;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(creation.concurrency ?? 1, items.length) }, worker));
  // What was to be sent again, and was not, may still have been accepted.
  for (const item of items.slice(next)) {
    if (unanswered.has(item)) results.failed(item, interrupted(creation, undefined));
  }
  return doubts;
}

/** Sends a request again as long as it was certainly not processed and waiting may help. */
async function untilProcessed(context: Context, send: () => Promise<string>): Promise<string> {
  const backoff = new Backoff(context);
  for (;;) {
    try {
      await context.requireEngine();
      return await send();
    } catch (error) {
      const unprocessed = error instanceof ChromaSyncError && error.outcome === "not-processed";
      if (!unprocessed || !(await backoff.wait(error as Error))) throw error;
    }
  }
}

function isConflict(error: Error): boolean {
  return error instanceof ResponseError && error.status === 409;
}
