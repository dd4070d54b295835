import { ChromaSyncError, ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { Backoff } from "./backoff.js";
import { pauses, settling } from "./settle.js";
import type { Sightings } from "./sightings.js";
import { UncertainError } from "./uncertain.js";

/** After so many requests in a row that nobody answered, the others are not sent. */
const MOST_UNANSWERED = 64;
/** A request that nobody answered is sent once more, if nothing came of it. */
const MOST_SENDS = 2;

/** Things to create in one place, and how a list tells which of them exist. */
export interface Creation<Item> {
  /** Sends the request of one; resolves with its id. */
  send(item: Item): Promise<string>;
  /** Looks for the ones that may have been accepted. */
  look(items: readonly Item[]): Promise<Sightings<Item>>;
  /** Whether the refusal of one is an answer for all. */
  endsAll?(error: Error): boolean;
  /** Whether an earlier run may have had the same accepted: a 409 may then be the answer to that. */
  wasSentBefore?: boolean;
  /** How many are sent at once, 1 by default. */
  concurrency?: number;
  /** Where to look by hand, for an error. */
  list: string;
  /** What to do if there is something that may be it, as a sentence. */
  advice: string;
}

/** What became of each item. Those of which nothing is said were not sent. */
export interface Results<Item> {
  accepted(item: Item, id: string): void;
  failed(item: Item, error: Error): void;
}

/** An item that may have been accepted, with the failure that says so; undefined if that was in an earlier run. */
export type Doubts<Item> = Map<Item, Error | undefined>;

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
  for (const pause of open.size > 0 ? pauses(totalMs) : []) {
    if (pause > 0) context.progress(urn, settling(open.size, totalMs));
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

const MAYBE = "The service may have accepted it.";

function resembled(
  { advice }: Pick<Creation<unknown>, "advice">,
  cause: Error | undefined,
  words: string,
): UncertainError {
  return new UncertainError(`${MAYBE} One of these may be it: ${words}. ${advice}${said(cause)}`, { cause });
}

function unlooked(
  { list }: Pick<Creation<unknown>, "list">,
  cause: Error | undefined,
  failure: Error,
): UncertainError {
  return new UncertainError(
    `${MAYBE} The list that would show it could not be read, so it was not sent again: ${failure.message} ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause: cause ?? failure },
  );
}

function interrupted({ list }: Pick<Creation<unknown>, "list">, cause: Error | undefined): UncertainError {
  return new UncertainError(
    `${MAYBE} The update was cancelled before that could be found out. ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause },
  );
}

function unlisted(
  { settleMs }: Pick<Context, "settleMs">,
  { list }: Pick<Creation<unknown>, "list">,
  cause: Error,
): UncertainError {
  return new UncertainError(
    `${MAYBE} It was sent twice, and nothing came of it that is listed after ${Math.round(settleMs / 1000)} s. ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause },
  );
}

function refused({ list }: Pick<Creation<unknown>, "list">, cause: Error): UncertainError {
  return new UncertainError(
    `${MAYBE} A first request was not answered, nothing came of it that is listed, and a second one failed. ` +
      `The next \`pulumi up\` looks again before it sends anything (${list}).${said(cause)}`,
    { cause },
  );
}

function said(cause: Error | undefined): string {
  return cause ? ` The request: ${cause.message}` : "";
}
