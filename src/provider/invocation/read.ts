import { type Job, ResponseError } from "../../api/index.js";
import { jobTarget } from "../../api/job-target.js";
import type { Context } from "../context.js";
import { PROVENANCE_KEY } from "../exactly-once/conflict.js";
import { sourceCollection } from "../service/source-collection.js";
import { warnOfFailure } from "./failure.js";
import type { InvocationInputs } from "./inputs.js";
import { type InvocationState, type Seen, withJob } from "./state.js";

/** Reads the invocation as the service sees it. */
export function read(
  context: Context,
  invocationId: string,
  state: Partial<InvocationState>,
): Promise<InvocationState | undefined> {
  return readSync(context, invocationId, state, {
    isKnown: (one): one is InvocationState => typeof one.sourceId === "string",
    imported: async (job) => ({ ...(await inputsOfJob(context, job)), invocationId, status: "pending" }),
  });
}

/** How states of a kind are told from none, and made of what the service says. */
interface Readable<State> {
  isKnown(state: Partial<State>): state is State;
  imported(job: Job): Promise<State>;
}

/**
 * Reads what the service says of a state. An invocation that the service no longer knows stays in state as it
 * was last seen: to forget it would make the next update sync again. Without a state it does not exist.
 */
export async function readSync<State extends Seen & { metadata?: unknown; provenance?: boolean }>(
  context: Context,
  invocationId: string,
  state: Partial<State>,
  { isKnown, imported }: Readable<State>,
): Promise<State | undefined> {
  context.seenInState(invocationId, state);
  try {
    const job = await context.client().getInvocation(invocationId);
    const known = isKnown(state) ? state : await imported(job);
    const seen = withJob({ ...known, invocationId }, job);
    if (isKnown(state)) warnOfFailure(context, seen, seen);
    return seen;
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 404)) throw error;
    if (!isKnown(state)) return undefined;
    context.warn(
      `The service does not know invocation ${invocationId}: it keeps its last known status. ` +
        "Either its history was dropped, or the API key is of another team.",
    );
    return { ...state, invocationId };
  }
}

/** The inputs that would start this invocation. */
async function inputsOfJob(context: Context, job: Job): Promise<InvocationInputs> {
  const sourceId = job.source_id ?? "";
  const { collectionName, refIdentifier, objectKey, customId, metadata = {} } = jobTarget(job);
  const { [PROVENANCE_KEY]: mark, ...own } = metadata;
  const isDefault = objectKey !== undefined && collectionName === (await sourceCollection(context, sourceId));
  return {
    sourceId,
    ...(collectionName === undefined || isDefault ? {} : { targetCollectionName: collectionName }),
    ...refOf(refIdentifier ?? {}),
    ...(objectKey === undefined ? {} : { objectKey }),
    ...(customId === undefined ? {} : { customId }),
    ...(Object.keys(own).length === 0 ? {} : { metadata: own }),
    ...(mark === undefined ? {} : { provenance: true }),
  };
}

function refOf({ sha, branch }: { sha?: string; branch?: string }): Pick<InvocationInputs, "refIdentifier"> {
  if (sha !== undefined) return { refIdentifier: { sha } };
  return branch === undefined ? {} : { refIdentifier: { branch } };
}
