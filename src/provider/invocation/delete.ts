import { ResponseError } from "../../api/index.js";
import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import { cancelIfPending } from "../service/cancel-if-pending.js";
import { rejectedKey } from "../service/rejected-key.js";
import type { Seen } from "./state.js";

/** What a delete needs of a state. */
type Deleted = Seen & { cancelOnDelete?: boolean; provenance?: boolean };

/**
 * Cancels an invocation that may still be pending; nothing else can be undone. Whatever the service
 * answers, the stack continues: only a rejected key stops it, since that is for the user to fix. So it does
 * if nothing is to be cancelled: a destroy that fails at the sources later must not have dropped their syncs.
 */
export async function remove(context: Context, invocationId: string, state: Deleted): Promise<void> {
  context.seenInState(invocationId, state);
  await cancel(context, invocationId, state);
  context.deleted(invocationId);
}

async function cancel(context: Context, invocationId: string, state: Deleted): Promise<void> {
  if (state.cancelOnDelete === false || context.createdInRun.has(invocationId)) return;
  await context.requireAcceptedKey().catch((error) => {
    throw rejectedKey(error);
  });
  // What somebody else may have started is not ours to end.
  if (state.adopted || isTerminal(state.status)) return;
  try {
    await cancelIfPending(context.client(), invocationId);
  } catch (error) {
    if (error instanceof ResponseError && error.status === 401) throw rejectedKey(error);
    context.warn(
      `Invocation ${invocationId} was not cancelled and may still run: ${(error as Error).message}`,
    );
  }
}
