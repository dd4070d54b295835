import type { Job } from "../../api/index.js";
import { holdsUnknown, UNKNOWN } from "../../model/unknown.js";
import type { Context } from "../context.js";
import { isSame } from "../exactly-once/conflict.js";
import { earlierIds } from "../exactly-once/earlier-ids.js";
import { listed } from "../exactly-once/uncertain.js";
import type { InvocationInputs } from "./inputs.js";
import { requestFor } from "./request.js";
import type { InvocationState } from "./state.js";

/**
 * Warns that a create will fail with 409, since a finished sync has written the collection, and says
 * which way out fits. An object of a bucket is synced again and again.
 */
export async function preview(
  context: Context,
  urn: string,
  inputs: InvocationInputs,
  olds?: InvocationState,
): Promise<void> {
  const { sourceId, targetCollectionName: collection, objectKey, adoptInvocationId } = inputs;
  if (olds || !collection || collection === UNKNOWN || objectKey || adoptInvocationId) return;
  // The difference has said it already.
  if (context.conflicts.has(urn)) return;
  try {
    if (!context.hasKey()) return;
    if (sourceId === UNKNOWN) await warnOfFormerSource(context, collection);
    else await warnOfWriters(context, urn, inputs, collection);
  } catch {
    // What cannot be listed cannot be foreseen; the check has said that the source cannot be read.
  }
}

async function warnOfWriters(
  context: Context,
  urn: string,
  inputs: InvocationInputs,
  collection: string,
): Promise<void> {
  const sourceId = inputs.sourceId.toLowerCase();
  const writers = await writersOf(context, { source_id: sourceId }, collection);
  const earlier = earlierIds(context, urn, sourceId);
  const [newest] = writers;
  if (!newest || writers.some(({ id }) => earlier.has(id))) return;
  const request = holdsUnknown(inputs.refIdentifier) ? undefined : await requestFor(context, urn, inputs);
  const same = request && writers.find((job) => isSame(job, request));
  if (same && inputs.onConflict === "adopt" && !wasDeclared(context, urn, collection))
    context.info(urn, `adopts ${listed([same])}, which has synced this into ${collection}: nothing is sent`);
  else context.warn(`${refusal(same ?? newest, collection)} ${advice(context, urn, collection, same)}`);
}

/** A source that is created in this run has another id than the one before, and its collections stay. */
async function warnOfFormerSource(context: Context, collection: string): Promise<void> {
  for (const where of context.plannedSources) {
    const [newest] = await writersOf(context, where, collection);
    if (!newest) continue;
    context.warn(
      `${refusal(newest, collection)} It is of source ${newest.source_id}, and this run creates another one, so it cannot be adopted: ` +
        "use another collection name, for instance one with a part that changes with the source, or delete the collection first.",
    );
    return;
  }
}

async function writersOf(
  context: Context,
  where: Parameters<Context["finished"]>[0],
  collection: string,
): Promise<Job[]> {
  const finished = await context.finished(where);
  return finished.filter((job) => job.metadata.collection_name === collection && job.id !== "");
}

function refusal(job: Job, collection: string): string {
  return `This sync will be refused with 409 unless collection ${collection} is deleted: invocation ${listed([job])} has finished its sync into it.`;
}

const ADOPT = 'set onConflict: "adopt" to use what it has synced';
const OTHER_NAME = "use another collection name, such as that of collectionNameFor";

/** What fits, by who has the invocation of the same inputs. */
function advice(context: Context, urn: string, collection: string, same: Job | undefined): string {
  if (!same) return `It is of another ref, so it cannot be adopted: ${OTHER_NAME}.`;
  const holder = context.journal().holders.all().get(same.id);
  const isOwn = holder?.isHeld && holder.urn !== undefined && context.urnsOf(urn).includes(holder.urn);
  if (isOwn || wasDeclared(context, urn, collection))
    return `It is this resource's own. To sync again, ${OTHER_NAME}, or delete the collection first; to keep what it has synced, set onConflict: "adopt".`;
  if (!holder)
    return `To fix it, ${ADOPT}; if the resource was renamed, keep it with the option \`aliases\`.`;
  if (!holder.isHeld) return `No resource has it any more: ${ADOPT}.`;
  const name = holder.urn?.split("::").slice(3).join("::");
  if (holder.urn && isInStack(holder.urn, urn))
    return `${name} of this stack has it: if that was renamed, keep it with the option \`aliases: [{ name: ${JSON.stringify(name)} }]\`; else ${ADOPT}.`;
  return `${holder.urn ?? "Another resource"} has it: ${ADOPT}, or give each stack a collection name of its own.`;
}

/** Whether the resource is in state with a sync into the same collection: then a replacement is forced. */
function wasDeclared(context: Context, urn: string, collection: string): boolean {
  return context.inputsBefore.get(urn)?.targetCollectionName === collection;
}

function isInStack(one: string, other: string): boolean {
  const stackOf = (urn: string) => urn.split("::").slice(0, 2).join("::");
  return stackOf(one) === stackOf(other);
}
