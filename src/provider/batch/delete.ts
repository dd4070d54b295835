import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import { rejectedKey } from "../service/rejected-key.js";
import { someOf } from "../some-of.js";
import { cancelAll } from "./cancel.js";
import { type BatchState, recordsOf, supersededOf } from "./state.js";

/** Cancels what may still be pending of a batch. Only a rejected key stops the stack, since that is for the user to fix. */
export async function remove(context: Context, _id: string, state: BatchState): Promise<void> {
  if (state.run) context.seenInState(state.run, {});
  if (state.cancelOnDelete === false) return;
  await context.requireAcceptedKey().catch((error) => {
    throw rejectedKey(error);
  });
  const open = [...recordsOf(state).values()].filter(({ status }) => !isTerminal(status));
  const ids = [...open.map(({ invocationId }) => invocationId), ...supersededOf(state)];
  const left = await cancelAll(
    context,
    "",
    ids.filter((id) => !context.createdInRun.has(id)),
  );
  if (!left) return;
  if (left.refused) throw rejectedKey(new Error(left.reason));
  context.warn(
    `${left.ids.length.toLocaleString("en-US")} invocations of a batch were not cancelled and may still run (${someOf(left.ids)}): ${left.reason}`,
  );
}
