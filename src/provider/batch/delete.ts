import { isTerminal } from "../../model/invocation-status.js";
import type { Context } from "../context.js";
import { cancelAll, someOf } from "./cancel.js";
import { type BatchState, recordsOf, supersededOf } from "./state.js";

/** Cancels what may still be pending of a batch. Only a refused key stops the stack, since that is for the user to fix. */
export async function remove(context: Context, _id: string, state: BatchState): Promise<void> {
  if (state.run) context.seenInState(state.run, {});
  if (state.cancelOnDelete === false) return;
  const open = [...recordsOf(state).values()].filter(({ status }) => !isTerminal(status));
  const ids = [...open.map(({ invocationId }) => invocationId), ...supersededOf(state)];
  const left = await cancelAll(
    context,
    "",
    ids.filter((id) => !context.createdInRun.has(id)),
  );
  if (!left) return;
  if (left.refused)
    throw new Error(
      `${left.reason} To remove it from the stack without a request, set cancelOnDelete: false and run \`pulumi up\`, or \`pulumi state delete <urn>\`.`,
    );
  context.warn(
    `${left.ids.length.toLocaleString("en-US")} invocations were not cancelled and may still run (${someOf(left.ids)}): ${left.reason}`,
  );
}
