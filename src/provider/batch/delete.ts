import type { Context } from "../context.js";
import { cancelAll } from "./cancel.js";
import { type BatchState, recordsOf } from "./state.js";

/** Cancels what may still be pending of a batch. Only a refused key stops the stack, since that is for the user to mend. */
export async function remove(context: Context, _id: string, state: BatchState): Promise<void> {
  if (state.run) context.settle(state.run, {});
  if (state.cancelOnDelete === false) return;
  const records = [...recordsOf(state).values()].filter(
    ({ invocationId }) => !context.claimed.has(invocationId),
  );
  const refused = await cancelAll(context, records);
  if (refused)
    throw new Error(
      `${refused.message} To remove it from the stack without a request, set cancelOnDelete: false and run \`pulumi up\`, or \`pulumi state delete <urn>\`.`,
    );
}
