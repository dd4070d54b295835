import { type Job, ResponseError } from "../../api/index.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { Earlier, Intent } from "../journal/intent.js";
import { listedSince } from "./mark.js";
import { type Created, shownBy } from "./request.js";
import { pauses, settleTimeOf } from "./settle.js";
import { UncertainError } from "./uncertain.js";

/** The invocation that an earlier attempt for the same inputs was given, if its id is known. */
export async function recorded(context: Context, intent: Intent): Promise<Created | undefined> {
  for (const attempt of [...intent.earlier].reverse()) {
    const id = attempt.isSame ? attempt.ids.get("") : undefined;
    if (id === undefined || !(await isThere(context, attempt, id))) continue;
    return attempt.adopted.has(id) ? { id, adopted: true } : { id };
  }
  return undefined;
}

/** Whether the service knows an id. It is asked only if the key or the endpoint has changed since. */
export async function isThere(context: Context, attempt: Earlier, id: string): Promise<boolean> {
  if (attempt.isSameAccount) return true;
  for (const pause of pauses(context.settleMs)) {
    await context.sleep(pause, context.cancelled);
    try {
      await context.client().getInvocation(id);
      return true;
    } catch (error) {
      if (error instanceof ResponseError && error.status === 404) continue;
      throw new UncertainError(
        `An earlier run started ${id} for this resource with another API key or endpoint, and it could not be read: ${(error as Error).message} ` +
          `The next \`pulumi up\` looks again before it sends anything (GET /api/v1/invocations/${id}).`,
        { cause: error },
      );
    }
  }
  context.warn(
    `An earlier run started ${id} for this resource with another API key or endpoint. The service does not know it with the present ones, so a new invocation is being started.`,
  );
  attempt.close();
  return false;
}

/**
 * Tells of what earlier attempts for other inputs started, since no state will hold it. What is on the way
 * is looked for as long as it may take.
 */
export async function reportOrphans(context: Context, urn: string, { earlier }: Intent): Promise<void> {
  const others = earlier.filter(({ isSame }) => !isSame);
  for (const pause of pauses(settleTimeOf(context, others))) {
    const unknown = others.filter(({ ids }) => ids.size === 0);
    if (unknown.length === 0) break;
    if (pause > 0)
      context.progress(
        urn,
        "started; looking for what an earlier run may have started with different inputs",
      );
    await context.sleep(pause, context.cancelled);
    for (const attempt of unknown) await findOrphan(context, attempt);
    if (context.cancelled.aborted) break;
  }
  warnOfOrphans(context, others);
}

/** Tells of what earlier attempts started and no state holds, if nothing is to be created now. */
export async function reportLost(context: Context, urn: string): Promise<void> {
  const urns = context.urnsOf(urn).map(urnDigest);
  const open = context.journal().open(urns, { inputs: "", account: context.account(), sourceId: "" });
  for (const attempt of open)
    if (attempt.ids.size === 0 && context.hasKey()) await findOrphan(context, attempt);
  warnOfOrphans(context, open);
}

function warnOfOrphans(context: Context, attempts: readonly Earlier[]): void {
  const ids = attempts.flatMap((attempt) => [...attempt.ids.values()]);
  if (ids.length > 0)
    context.warn(
      `An earlier run that did not end in order started ${ids.join(", ")} for this resource. No state holds it, and it keeps running.`,
    );
}

/** Keeps the id of what is listed, so that nothing takes it for its own. */
async function findOrphan(context: Context, attempt: Earlier): Promise<void> {
  const isKnown = context.knownIds();
  try {
    const jobs = await listedSince(context.client(), attempt.sourceId, attempt.mark);
    const isOwn = (job: Job) =>
      !isKnown(job.id) && shownBy(job, attempt.sourceId)?.echoes.some((echo) => attempt.showsAs(echo));
    const own = attempt.mark ? jobs.filter(isOwn) : [];
    if (own.length === 1) await attempt.commit(own[0]!.id);
  } catch {
    // The next run looks again.
  }
}
