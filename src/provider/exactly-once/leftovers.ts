import type { Job } from "../../api/index.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { Earlier, Intent } from "../journal/intent.js";
import { someOf } from "../some-of.js";
import { listedSince } from "./mark.js";
import { shownBy } from "./request.js";
import { pauses, settleTimeOf } from "./settle-time.js";
import { listed } from "./uncertain.js";

const SHOWN_IDS = 10;

/** Which attempts are looked at, and what is known of them. */
export interface Attempts {
  /** The attempts as they are now: another process may still get its answer. */
  read(): readonly Earlier[];
  /** Whether there is nothing more to be found of one. */
  isAnswered(attempt: Earlier): boolean;
  /** Whether an id is in the state of the resource. */
  isHeld?(id: string): boolean;
  /** Whether what can only be of one is kept as its own, true by default: not while another one is looked for. */
  keeps?: boolean;
}

/**
 * Tells of what attempts of earlier runs started and no state will hold. What may still be on the way is
 * looked for as long as it may take, if `waits`; what a list shows of it is told even if it cannot be told
 * whose it is.
 */
export async function reportLeftovers(
  context: Context,
  urn: string,
  attempts: Attempts,
  waits: boolean,
): Promise<void> {
  const { read, isAnswered, isHeld = () => false, keeps = true } = attempts;
  const open = () => read().filter((attempt) => !isAnswered(attempt));
  const maybe = new Map<string, Job>();
  let isLooked = true;
  for (const pause of waits ? pauses(settleTimeOf(context, open())) : [0]) {
    if (open().length === 0) break;
    if (pause > 0)
      context.progress(
        urn,
        "started; looking for what an earlier run may have started with different inputs",
      );
    await context.sleep(pause, context.cancelled);
    maybe.clear();
    isLooked = true;
    for (const attempt of open()) {
      const jobs = await attribute(context, urn, attempt, { isHeld, keeps });
      isLooked &&= jobs !== undefined;
      for (const job of jobs ?? []) maybe.set(job.id, job);
    }
    isLooked &&= !context.cancelled.aborted;
    if (context.cancelled.aborted) break;
  }
  const ids = read().flatMap((attempt) => [...attempt.ids.values()].filter((id) => !isHeld(id)));
  if (ids.length > 0)
    context.warn(
      `An earlier run that was interrupted started ${someOf(ids, SHOWN_IDS)} for this resource. It is not in state, and it keeps running.`,
    );
  if (maybe.size > 0 && open().length > 0)
    context.warn(
      `An earlier run that was interrupted may have started one of these for this resource: ${listed([...maybe.values()])}.`,
    );
  for (const attempt of read()) {
    // It can only have come to nothing once its time has passed.
    const isOver = isAnswered(attempt) || (isLooked && settleTimeOf(context, [attempt]) === 0);
    if (isOver && attempt.isLeft && keeps) attempt.close();
    else if (!isOver && !isLooked && !attempt.isLeft) await attempt.leave();
  }
}

/** If an entry cannot be read, tells of what it may have been about: all that is listed and belongs to nothing known. */
export async function reportUnread(
  context: Context,
  sourceId: string,
  { unreadable, unattributed }: Pick<Intent, "unreadable" | "unattributed">,
): Promise<void> {
  if (unreadable === undefined) return;
  const jobs = await listedSince(context.client(), sourceId, undefined).catch((): Job[] => []);
  const isKnown = context.knownIds();
  const ownerless = unattributed();
  const unknown = jobs.filter(
    ({ id }) => !isKnown(id) || (ownerless.has(id) && !context.createdInRun.has(id)),
  );
  if (unknown.length > 0)
    context.warn(
      `The journal entry ${unreadable} cannot be read. An earlier run may have started one of these for this resource: ${listed(unknown)}.`,
    );
}

/** Tells of leftovers of a resource of which nothing is created now. */
export async function reportLost(
  context: Context,
  urn: string,
  isHeld?: (id: string) => boolean,
): Promise<void> {
  const urns = context.urnsOf(urn).map(urnDigest);
  const asked = { inputs: "", account: context.account(), sourceId: "" };
  const read = () => context.journal().open(urns, asked);
  if (read().length === 0) return;
  // Without a key only what the journal knows can be told.
  const hasKey = context.hasKey();
  const isAnswered = (attempt: Earlier) => !hasKey || (attempt.ids.size > 0 && !attempt.askedForMore([]));
  await reportLeftovers(
    context,
    urn,
    { read, isAnswered, keeps: hasKey, ...(isHeld ? { isHeld } : {}) },
    false,
  );
}

/** What is certainly not of an attempt. */
interface Limits {
  /** Whether an id is in the state of the resource. */
  isHeld?: (id: string) => boolean;
  /** Ids of which one must be that of the attempt. */
  within?: ReadonlySet<string> | undefined;
  keeps?: boolean;
}

/**
 * What is listed since an attempt and belongs to nothing known. What is certainly its own is kept, so that
 * nothing else takes it. Undefined if no list could be had.
 */
export async function attribute(
  context: Context,
  urn: string,
  attempt: Earlier,
  { isHeld = () => false, within, keeps = true }: Limits = {},
): Promise<Job[] | undefined> {
  const isKnown = context.knownIds();
  try {
    const jobs = await listedSince(context.client(), attempt.sourceId, attempt.mark);
    const free = jobs.filter(({ id }) => !isKnown(id) && !isHeld(id) && (within?.has(id) ?? true));
    const isOwn = (job: Job) =>
      shownBy(job, attempt.sourceId)?.echoes.some((echo) => attempt.showsAs(echo)) ?? false;
    const urns = context.urnsOf(urn).map(urnDigest);
    // What another process is just sending looks the same, and is claimed once it has an id.
    const isClear = attempt.mark && !context.journal().hasRival(urns, attempt.sourceId);
    const own = isClear ? free.filter(isOwn) : [];
    if (!keeps || own.length !== 1) return free;
    await attempt.commit(own[0]!.id);
    return [];
  } catch {
    return undefined;
  }
}
